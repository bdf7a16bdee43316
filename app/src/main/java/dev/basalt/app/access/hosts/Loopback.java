package dev.basalt.app.access.hosts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses are reached from this machine only. */
public final class Loopback {

    private Loopback() {}

    /** Tells whether a name or address stands for loopback addresses only; one that is unknown does not. */
    public static boolean is(String host) {
        if (host.isBlank()) {
            return false;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
