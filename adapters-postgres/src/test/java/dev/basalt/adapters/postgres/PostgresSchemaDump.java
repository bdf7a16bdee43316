package dev.basalt.adapters.postgres;

/** Everything that a script can make or change in a database, as the catalogue has it (PostgreSQL 18, chapter 52). */
final class PostgresSchemaDump {

    /** One line for each thing. Numbers that the server gives (OIDs, places in files) do not appear. */
    static final String QUERY = """
            WITH own AS (
                SELECT oid, nspname FROM pg_namespace
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
            )
            SELECT concat_ws(' | ', 'schema', nspname, nspowner::regrole, nspacl, obj_description(oid, 'pg_namespace')) AS line
              FROM pg_namespace WHERE oid IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'relation', c.oid::regclass, relkind, relpersistence, relowner::regrole, relacl, reloptions,
                             relrowsecurity, relispartition, relreplident, pg_get_partkeydef(c.oid),
                             obj_description(c.oid, 'pg_class'),
                             CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END)
              FROM pg_class c WHERE relnamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'column', attrelid::regclass, row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
                             attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attstorage,
                             attcollation::regcollation, attacl, pg_get_expr(adbin, adrelid),
                             col_description(attrelid, attnum))
              FROM pg_attribute a
              JOIN pg_class c ON c.oid = attrelid
              LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
             WHERE relnamespace IN (SELECT oid FROM own) AND attnum > 0 AND NOT attisdropped
            UNION ALL
            SELECT concat_ws(' | ', 'constraint', conrelid::regclass, contypid::regtype, conname, contype, convalidated,
                             pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint'))
              FROM pg_constraint WHERE connamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisclustered)
              FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'sequence', seqrelid::regclass, seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax,
                             seqcache, seqcycle)
              FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid WHERE relnamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'function', oid::regprocedure, prokind, proowner::regrole, proacl,
                             CASE WHEN prokind <> 'a' THEN pg_get_functiondef(oid) END, obj_description(oid, 'pg_proc'))
              FROM pg_proc WHERE pronamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'trigger', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger'))
              FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
             WHERE relnamespace IN (SELECT oid FROM own) AND NOT tgisinternal
            UNION ALL
            SELECT concat_ws(' | ', 'rule', pg_get_ruledef(r.oid))
              FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class WHERE relnamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid),
                             pg_get_expr(polwithcheck, polrelid))
              FROM pg_policy
            UNION ALL
            SELECT concat_ws(' | ', 'type', t.oid::regtype, typtype, typowner::regrole, typacl, typnotnull, typdefault,
                             format_type(typbasetype, typtypmod), obj_description(t.oid, 'pg_type'),
                             (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
              FROM pg_type t WHERE typnamespace IN (SELECT oid FROM own)
            UNION ALL
            SELECT concat_ws(' | ', 'inheritance', inhrelid::regclass, inhparent::regclass, inhseqno) FROM pg_inherits
            UNION ALL
            SELECT concat_ws(' | ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext
            UNION ALL
            SELECT concat_ws(' | ', 'extension', extname, extversion) FROM pg_extension
            UNION ALL
            SELECT concat_ws(' | ', 'default privileges', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype,
                             defaclacl)
              FROM pg_default_acl
             ORDER BY line
            """;

    private PostgresSchemaDump() {}
}
