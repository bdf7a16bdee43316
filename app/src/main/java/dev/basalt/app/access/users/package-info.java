/** Who may call, as the users file says: names, roles, and hashes of passwords. */
@NullMarked
package dev.basalt.app.access.users;

import org.jspecify.annotations.NullMarked;
