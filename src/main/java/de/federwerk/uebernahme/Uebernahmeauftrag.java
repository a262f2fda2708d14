package de.federwerk.uebernahme;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What somebody with access to the data folder asks for.
 *
 * @param ordner absolute; everything below it is taken
 * @param tabelle CSV that says what the folders do not
 * @param probe whether only the report is wanted and nothing is written
 * @param name what this Übernahme is known by when it is repeated; else the folder
 * @param einheit Kürzel of the unit that leads what is taken; empty: found per position
 * @param ohneVorgang title of the Vorgang for files that lie directly in the folder of an Akte
 */
public record Uebernahmeauftrag(
        Path ordner, @Nullable Path tabelle, boolean probe, String name, String einheit, String ohneVorgang) {}
