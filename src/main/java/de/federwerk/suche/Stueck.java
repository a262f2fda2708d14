package de.federwerk.suche;

/** A piece of text, marked as a hit or not; plain characters that the template escapes. */
public record Stueck(String text, boolean treffer) {}
