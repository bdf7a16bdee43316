package dev.basalt.domain.settings;

import java.util.List;

/**
 * Why a database cannot be opened with its settings.
 *
 * @param keys the settings at fault: {@link #URL} or an option's key; two that contradict each other are both named
 * @param message what is wrong with the value (quoted, unless it is secret) and what is allowed instead; either
 *     reads on from the setting's name ({@code is 'x': 1 to 65535 is allowed}) or stands for itself
 */
public record SettingFault(List<String> keys, String message) {

    /** The key of the database's URL. */
    public static final String URL = "url";

    public SettingFault {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a fault names at least one setting: " + message);
        }
    }

    /** A fault of one setting. */
    public SettingFault(String key, String message) {
        this(List.of(key), message);
    }
}
