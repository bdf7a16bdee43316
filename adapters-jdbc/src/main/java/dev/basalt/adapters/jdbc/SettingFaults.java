package dev.basalt.adapters.jdbc;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.SettingFault;
import java.util.List;
import java.util.stream.Collectors;

/** What comes of opening a database with settings that cannot be used. */
public final class SettingFaults {

    private SettingFaults() {}

    /**
     * Does nothing if there is no fault.
     *
     * @throws ConfigurationInvalid with all faults, if there is one
     */
    public static void refuse(String pool, List<SettingFault> faults) {
        if (!faults.isEmpty()) {
            throw new ConfigurationInvalid(
                    faults.stream()
                            .map(fault -> String.join(", ", fault.keys()) + ": " + fault.message())
                            .collect(Collectors.joining("; ", "pool '" + pool + "': ", "")),
                    null);
        }
    }
}
