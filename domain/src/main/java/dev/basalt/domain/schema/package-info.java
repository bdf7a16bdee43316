/** What a database contains: databases, schemas, tables, columns, keys, indexes. */
@NullMarked
package dev.basalt.domain.schema;

import org.jspecify.annotations.NullMarked;
