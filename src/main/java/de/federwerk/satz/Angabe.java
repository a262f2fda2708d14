package de.federwerk.satz;

/** A word and what stands beside it: {@code Unser Zeichen}, {@code 32.10.05}. */
public record Angabe(String wort, String wert) {}
