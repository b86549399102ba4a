-- PostgreSQL's catalog over DuckDB's, with PostgreSQL's numbers for types. The schema _millrace is not shown.

create or replace temp macro mr_version() as 'PostgreSQL 15.0 (Millrace, on DuckDB)';
create or replace temp macro mr_hidden(s) as lower(s) = '_millrace';

-- Types

create or replace temp view mr_types as select * from (values
    ('BOOLEAN', 16, 1000), ('BLOB', 17, 1001), ('BIGINT', 20, 1016), ('UINTEGER', 20, 1016), ('SMALLINT', 21, 1005),
    ('TINYINT', 21, 1005), ('UTINYINT', 21, 1005), ('INTEGER', 23, 1007), ('USMALLINT', 23, 1007),
    ('JSON', 114, 199), ('FLOAT', 700, 1021), ('DOUBLE', 701, 1022), ('DATE', 1082, 1182), ('TIME', 1083, 1183),
    ('TIMESTAMP', 1114, 1115), ('TIMESTAMP_S', 1114, 1115), ('TIMESTAMP_MS', 1114, 1115),
    ('TIMESTAMP_NS', 1114, 1115), ('TIMESTAMP WITH TIME ZONE', 1184, 1185), ('DECIMAL', 1700, 1231),
    ('HUGEINT', 1700, 1231), ('UBIGINT', 1700, 1231), ('UUID', 2950, 2951)
) v(name, oid, array_oid);

-- The columns with the names of their types without parameters; what is nested is JSON.
create or replace temp view mr_columns as
select c.*, coalesce(case when c.is_list then t.array_oid else t.oid end, case when c.is_list then 1009 else 25 end) as type_oid,
    case when c.base like 'DECIMAL(%)' and not c.is_list then
        regexp_extract(c.base, '\((\d+),', 1)::int * 65536 + regexp_extract(c.base, ',\s*(\d+)\)', 1)::int + 4
        else -1 end as type_modifier
from (
    select *, regexp_full_match(data_type, '[^(\[\]]*(\(\d+,\s*\d+\))?\[\d*\]') as is_list,
        case when is_list then regexp_replace(data_type, '\[\d*\]$', '') else data_type end as base,
        case when base like 'DECIMAL%' then 'DECIMAL'
            when base like 'STRUCT(%' or base like 'MAP(%' or base like 'UNION(%' or base like '%]' or base = 'VARIANT' then 'JSON'
            else base end as base_name
    from duckdb_columns()
    where database_name = current_database() and not mr_hidden(schema_name) and not internal
) c left join mr_types t on t.name = c.base_name;

create or replace temp view pg_type as
select
    v.oid::bigint as oid, v.typname, 11::bigint as typnamespace, 10::bigint as typowner, v.typlen::smallint as typlen,
    v.typlen > 0 and v.typlen <= 8 as typbyval, v.typtype, v.typcategory, v.oid in (16, 25, 701, 1184) as typispreferred,
    true as typisdefined, ',' as typdelim, 0::bigint as typrelid, 0::bigint as typsubscript,
    v.typelem::bigint as typelem, v.typarray::bigint as typarray, 'in' as typinput, 'out' as typoutput,
    'recv' as typreceive, 'send' as typsend, '-' as typmodin, '-' as typmodout, '-' as typanalyze, 'i' as typalign,
    'p' as typstorage, false as typnotnull, 0::bigint as typbasetype, -1 as typtypmod, 0 as typndims,
    case when v.oid in (19, 25, 1042, 1043) then 100 else 0 end::bigint as typcollation, null::varchar as typdefaultbin,
    null::varchar as typdefault, null::varchar[] as typacl
from (values
    (16, 'bool', 1, 'b', 'B', 0, 1000), (17, 'bytea', -1, 'b', 'U', 0, 1001), (18, 'char', 1, 'b', 'Z', 0, 1002),
    (19, 'name', 64, 'b', 'S', 18, 1003), (20, 'int8', 8, 'b', 'N', 0, 1016), (21, 'int2', 2, 'b', 'N', 0, 1005),
    (22, 'int2vector', -1, 'b', 'A', 21, 1006), (23, 'int4', 4, 'b', 'N', 0, 1007), (24, 'regproc', 4, 'b', 'N', 0, 1008),
    (25, 'text', -1, 'b', 'S', 0, 1009), (26, 'oid', 4, 'b', 'N', 0, 1028), (30, 'oidvector', -1, 'b', 'A', 26, 1013),
    (114, 'json', -1, 'b', 'U', 0, 199), (700, 'float4', 4, 'b', 'N', 0, 1021), (701, 'float8', 8, 'b', 'N', 0, 1022),
    (705, 'unknown', -2, 'p', 'X', 0, 0), (1042, 'bpchar', -1, 'b', 'S', 0, 1014), (1043, 'varchar', -1, 'b', 'S', 0, 1015),
    (1082, 'date', 4, 'b', 'D', 0, 1182), (1083, 'time', 8, 'b', 'D', 0, 1183), (1114, 'timestamp', 8, 'b', 'D', 0, 1115),
    (1184, 'timestamptz', 8, 'b', 'D', 0, 1185), (1186, 'interval', 16, 'b', 'T', 0, 1187),
    (1700, 'numeric', -1, 'b', 'N', 0, 1231), (2205, 'regclass', 4, 'b', 'N', 0, 2210), (2206, 'regtype', 4, 'b', 'N', 0, 2211),
    (2278, 'void', 4, 'p', 'P', 0, 0), (2950, 'uuid', 16, 'b', 'U', 0, 2951), (3802, 'jsonb', -1, 'b', 'U', 0, 3807),
    (199, '_json', -1, 'b', 'A', 114, 0), (1000, '_bool', -1, 'b', 'A', 16, 0), (1001, '_bytea', -1, 'b', 'A', 17, 0),
    (1003, '_name', -1, 'b', 'A', 19, 0), (1005, '_int2', -1, 'b', 'A', 21, 0), (1007, '_int4', -1, 'b', 'A', 23, 0),
    (1009, '_text', -1, 'b', 'A', 25, 0), (1015, '_varchar', -1, 'b', 'A', 1043, 0), (1016, '_int8', -1, 'b', 'A', 20, 0),
    (1021, '_float4', -1, 'b', 'A', 700, 0), (1022, '_float8', -1, 'b', 'A', 701, 0), (1028, '_oid', -1, 'b', 'A', 26, 0),
    (1115, '_timestamp', -1, 'b', 'A', 1114, 0), (1182, '_date', -1, 'b', 'A', 1082, 0), (1183, '_time', -1, 'b', 'A', 1083, 0),
    (1185, '_timestamptz', -1, 'b', 'A', 1184, 0), (1231, '_numeric', -1, 'b', 'A', 1700, 0), (2951, '_uuid', -1, 'b', 'A', 2950, 0)
) v(oid, typname, typlen, typtype, typcategory, typelem, typarray);

create or replace temp macro mr_simple_name(o) as map {
    16: 'boolean', 17: 'bytea', 18: '"char"', 19: 'name', 20: 'bigint', 21: 'smallint', 22: 'int2vector',
    23: 'integer', 24: 'regproc', 25: 'text', 26: 'oid', 30: 'oidvector', 114: 'json', 700: 'real',
    701: 'double precision', 705: 'unknown', 1042: 'character', 1043: 'character varying', 1082: 'date',
    1083: 'time without time zone', 1114: 'timestamp without time zone', 1184: 'timestamp with time zone',
    1186: 'interval', 1700: 'numeric', 2205: 'regclass', 2206: 'regtype', 2278: 'void', 2950: 'uuid', 3802: 'jsonb',
    199: 'json[]', 1000: 'boolean[]', 1001: 'bytea[]', 1003: 'name[]', 1005: 'smallint[]', 1007: 'integer[]',
    1009: 'text[]', 1015: 'character varying[]', 1016: 'bigint[]', 1021: 'real[]', 1022: 'double precision[]',
    1028: 'oid[]', 1115: 'timestamp without time zone[]', 1182: 'date[]', 1183: 'time without time zone[]',
    1185: 'timestamp with time zone[]', 1231: 'numeric[]', 2951: 'uuid[]'
    }[o::int];
create or replace temp macro format_type(o, m) as case
    when o is null then null
    when o = 1700 and m > 4 then 'numeric(' || ((m - 4) // 65536) || ',' || ((m - 4) % 65536) || ')'
    else coalesce(mr_simple_name(o), '???') end;
create or replace temp macro mr_regtype(o) as format_type(o, -1);
create or replace temp macro mr_regtype_oid(n) as (
    select min(t.oid) from pg_type t where t.typname = lower(n) or mr_simple_name(t.oid) = lower(n) or t.oid::varchar = n);

-- Schemas, relations, columns

create or replace temp view pg_namespace as
select s.oid::bigint as oid, s.schema_name as nspname, 10::bigint as nspowner, null::varchar[] as nspacl
from duckdb_schemas() s
where s.database_name = current_database() and not mr_hidden(s.schema_name)
union all select 11, 'pg_catalog', 10, null
union all select 13000, 'information_schema', 10, null;

create or replace temp view pg_class as
select
    r.oid::bigint as oid, r.relname, r.relnamespace::bigint as relnamespace, 0::bigint as reltype, 0::bigint as reloftype,
    10::bigint as relowner, case when r.relkind = 'r' then 2 when r.relkind = 'i' then 403 else 0 end::bigint as relam,
    r.oid::bigint as relfilenode, 0::bigint as reltablespace, 0 as relpages, r.rows::float as reltuples,
    0 as relallvisible, 0::bigint as reltoastrelid, r.hasindex as relhasindex, false as relisshared, 'p' as relpersistence,
    r.relkind, r.natts::smallint as relnatts, 0::smallint as relchecks, r.relkind = 'v' as relhasrules,
    false as relhastriggers, false as relhassubclass, false as relrowsecurity, false as relforcerowsecurity,
    true as relispopulated, 'd' as relreplident, false as relispartition, 0::bigint as relrewrite,
    0::bigint as relfrozenxid, 0::bigint as relminmxid, null::varchar[] as relacl, null::varchar[] as reloptions,
    null::varchar as relpartbound
from (
    select table_oid, table_name, schema_oid, 'r', coalesce(estimated_size, -1), has_primary_key, column_count
    from duckdb_tables() where database_name = current_database() and not mr_hidden(schema_name) and not internal
    union all
    select view_oid, view_name, schema_oid, 'v', -1, false, column_count
    from duckdb_views() where database_name = current_database() and not mr_hidden(schema_name) and not internal
    union all
    select 1000000000 + table_oid * 100 + constraint_index, constraint_name, schema_oid, 'i', 0, false,
        len(constraint_column_names)
    from duckdb_constraints() where database_name = current_database() and not mr_hidden(schema_name)
        and constraint_type in ('PRIMARY KEY', 'UNIQUE')
) r(oid, relname, relnamespace, relkind, rows, hasindex, natts);

create or replace temp view pg_attribute as
select
    c.table_oid::bigint as attrelid, c.column_name as attname, c.type_oid::bigint as atttypid,
    -1 as attstattarget, coalesce(t.typlen, -1)::smallint as attlen, c.column_index::smallint as attnum, 0 as attndims,
    -1 as attcacheoff, c.type_modifier as atttypmod, false as attbyval, 'p' as attstorage, 'i' as attalign,
    '' as attcompression, not c.is_nullable as attnotnull, c.column_default is not null as atthasdef,
    false as atthasmissing, '' as attidentity, '' as attgenerated, false as attisdropped, true as attislocal,
    0 as attinhcount, 0::bigint as attcollation, null::varchar[] as attacl, null::varchar[] as attoptions,
    null::varchar[] as attfdwoptions, null::varchar as attmissingval
from mr_columns c left join pg_type t on t.oid = c.type_oid;

create or replace temp view pg_attrdef as
select
    table_oid * 10000 + column_index as oid, table_oid::bigint as adrelid, column_index::smallint as adnum,
    column_default as adbin
from duckdb_columns()
where database_name = current_database() and not mr_hidden(schema_name) and not internal and column_default is not null;

create or replace temp view pg_description as
select table_oid::bigint as objoid, 1259::bigint as classoid, 0 as objsubid, "comment" as description
from duckdb_tables() where database_name = current_database() and "comment" is not null
union all
select view_oid, 1259, 0, "comment" from duckdb_views() where database_name = current_database() and "comment" is not null
union all
select table_oid, 1259, column_index, "comment"
from duckdb_columns() where database_name = current_database() and "comment" is not null;

create or replace temp view pg_index as
select
    (1000000000 + table_oid * 100 + constraint_index)::bigint as indexrelid, table_oid::bigint as indrelid,
    len(constraint_column_names)::smallint as indnatts, len(constraint_column_names)::smallint as indnkeyatts,
    true as indisunique, false as indnullsnotdistinct, constraint_type = 'PRIMARY KEY' as indisprimary,
    false as indisexclusion, true as indimmediate, false as indisclustered, true as indisvalid, false as indcheckxmin,
    true as indisready, true as indislive, false as indisreplident,
    list_transform(constraint_column_indexes, lambda x: (x + 1)::smallint) as indkey,
    list_transform(constraint_column_indexes, lambda x: 0::bigint) as indcollation,
    list_transform(constraint_column_indexes, lambda x: 0::bigint) as indclass,
    list_transform(constraint_column_indexes, lambda x: 0::smallint) as indoption, null::varchar as indexprs,
    null::varchar as indpred
from duckdb_constraints()
where database_name = current_database() and not mr_hidden(schema_name) and constraint_type in ('PRIMARY KEY', 'UNIQUE');

create or replace temp view pg_constraint as
select
    (1000000000 + c.table_oid * 100 + c.constraint_index)::bigint as oid, c.constraint_name as conname,
    c.schema_oid::bigint as connamespace,
    case c.constraint_type when 'PRIMARY KEY' then 'p' when 'UNIQUE' then 'u' when 'FOREIGN KEY' then 'f' else 'c' end as contype,
    false as condeferrable, false as condeferred, true as convalidated, c.table_oid::bigint as conrelid,
    0::bigint as contypid,
    case when c.constraint_type in ('PRIMARY KEY', 'UNIQUE') then 1000000000 + c.table_oid * 100 + c.constraint_index else 0 end::bigint as conindid,
    0::bigint as conparentid,
    coalesce(f.table_oid, 0)::bigint as confrelid, 'a' as confupdtype, 'a' as confdeltype, 's' as confmatchtype,
    true as conislocal, 0 as coninhcount, true as connoinherit,
    list_transform(c.constraint_column_indexes, lambda x: (x + 1)::smallint) as conkey,
    null::smallint[] as confkey, null::bigint[] as conpfeqop, null::bigint[] as conppeqop, null::bigint[] as conffeqop,
    null::bigint[] as conexclop, c.constraint_text as conbin
from duckdb_constraints() c
left join duckdb_tables() f
    on f.database_name = c.database_name and f.schema_name = c.schema_name and f.table_name = c.referenced_table
where c.database_name = current_database() and not mr_hidden(c.schema_name) and c.constraint_type <> 'NOT NULL';

create or replace temp view pg_tables as
select schema_name as schemaname, table_name as tablename, 'millrace' as tableowner, null::varchar as tablespace,
    has_primary_key as hasindexes, false as hasrules, false as hastriggers, false as rowsecurity
from duckdb_tables() where database_name = current_database() and not mr_hidden(schema_name) and not internal;

create or replace temp view pg_views as
select schema_name as schemaname, view_name as viewname, 'millrace' as viewowner, '' as definition
from duckdb_views() where database_name = current_database() and not mr_hidden(schema_name) and not internal;

create or replace temp view pg_stat_user_tables as
select table_oid::bigint as relid, schema_name as schemaname, table_name as relname, 0::bigint as seq_scan,
    coalesce(estimated_size, 0)::bigint as n_live_tup, 0::bigint as n_dead_tup
from duckdb_tables() where database_name = current_database() and not mr_hidden(schema_name) and not internal;

-- The server itself

create or replace temp view pg_database as
select 1::bigint as oid, current_database() as datname, 10::bigint as datdba, 6 as encoding, 'c' as datlocprovider,
    false as datistemplate, true as datallowconn, -1 as datconnlimit, 0::bigint as datfrozenxid, 0::bigint as datminmxid,
    1663::bigint as dattablespace, 'C' as datcollate, 'C' as datctype, null::varchar as daticulocale,
    null::varchar as daticurules, null::varchar as datcollversion, null::varchar[] as datacl;
create or replace temp view pg_roles as
select 'millrace' as rolname, false as rolsuper, true as rolinherit, false as rolcreaterole, false as rolcreatedb,
    true as rolcanlogin, false as rolreplication, -1 as rolconnlimit, '********' as rolpassword,
    null::timestamptz as rolvaliduntil, false as rolbypassrls, null::varchar[] as rolconfig, 10::bigint as oid;
create or replace temp view pg_authid as from pg_roles;
create or replace temp view pg_user as
select 'millrace' as usename, 10::bigint as usesysid, false as usecreatedb, false as usesuper, false as userepl,
    false as usebypassrls, '********' as passwd, null::timestamptz as valuntil, null::varchar[] as useconfig;
create or replace temp view pg_am as
select * from (values (2::bigint, 'heap', 'heap_tableam_handler', 't'), (403, 'btree', 'bthandler', 'i'))
    v(oid, amname, amhandler, amtype);
create or replace temp view pg_tablespace as
select 1663::bigint as oid, 'pg_default' as spcname, 10::bigint as spcowner, null::varchar[] as spcacl,
    null::varchar[] as spcoptions;
create or replace temp view pg_language as
select 14::bigint as oid, 'sql' as lanname, 10::bigint as lanowner, false as lanispl, true as lanpltrusted,
    0::bigint as lanplcallfoid, 0::bigint as laninline, 0::bigint as lanvalidator, null::varchar[] as lanacl, 2612::bigint as tableoid;
create or replace temp view pg_settings as
select v.name, v.setting, null::varchar as unit, 'Preset Options' as category, '' as short_desc, null::varchar as extra_desc,
    'internal' as context, 'string' as vartype, 'default' as source, null::varchar as min_val, null::varchar as max_val,
    null::varchar[] as enumvals, v.setting as boot_val, v.setting as reset_val, null::varchar as sourcefile,
    null::integer as sourceline, false as pending_restart
from (values
    ('server_version', '15.0'), ('server_version_num', '150000'), ('server_encoding', 'UTF8'), ('client_encoding', 'UTF8'),
    ('max_index_keys', '32'), ('max_identifier_length', '63'), ('search_path', 'main'), ('standard_conforming_strings', 'on'),
    ('transaction_isolation', 'read committed'), ('default_transaction_read_only', 'on'), ('transaction_read_only', 'on'),
    ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('integer_datetimes', 'on'), ('lc_collate', 'C'),
    ('lc_ctype', 'C'), ('ssl', 'off'), ('statement_timeout', '0'), ('block_size', '8192'), ('max_connections', '100'),
    ('is_superuser', 'off'), ('bytea_output', 'hex'), ('extra_float_digits', '1'), ('port', '5432')
) v(name, setting);

-- Functions

create or replace temp macro mr_current_setting(n) as (
    select s.setting from pg_settings s where lower(s.name) = lower(n)),
    (n, missing) as (select s.setting from pg_settings s where lower(s.name) = lower(n));
create or replace temp macro set_config(n, v, l) as v;
create or replace temp macro pg_get_userbyid(o) as 'millrace';
create or replace temp macro pg_table_is_visible(o) as true;
create or replace temp macro pg_type_is_visible(o) as true;
create or replace temp macro pg_function_is_visible(o) as true;
create or replace temp macro pg_get_expr(e, r) as e, (e, r, p) as e;
create or replace temp macro obj_description(o, c) as (
    select any_value(d.description) from pg_description d where d.objoid = o and d.objsubid = 0),
    (o) as (select any_value(d.description) from pg_description d where d.objoid = o and d.objsubid = 0);
create or replace temp macro col_description(o, n) as (
    select any_value(d.description) from pg_description d where d.objoid = o and d.objsubid = n);
create or replace temp macro shobj_description(o, c) as null::varchar;
create or replace temp macro pg_get_constraintdef(o) as (select any_value(c.conbin) from pg_constraint c where c.oid = o),
    (o, p) as (select any_value(c.conbin) from pg_constraint c where c.oid = o);
create or replace temp macro mr_index_definition(o) as (
    select any_value('CREATE UNIQUE INDEX ' || c.conname || ' ON ' || t.relname || ' USING btree ' || regexp_extract(c.conbin, '\(.*\)'))
    from pg_constraint c join pg_class t on t.oid = c.conrelid where c.oid = o);
create or replace temp macro pg_get_indexdef(o) as mr_index_definition(o), (o, c, p) as (
    case when c = 0 then mr_index_definition(o) else (
        select any_value(a.attname) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[c]
        where i.indexrelid = o) end);
create or replace temp macro pg_get_viewdef(o) as '', (o, p) as '';
create or replace temp macro pg_get_ruledef(o) as null::varchar, (o, p) as null::varchar;
create or replace temp macro pg_get_triggerdef(o) as null::varchar, (o, p) as null::varchar;
create or replace temp macro pg_get_partkeydef(o) as null::varchar;
create or replace temp macro pg_get_function_result(o) as null::varchar;
create or replace temp macro pg_get_function_arguments(o) as null::varchar;
create or replace temp macro pg_get_function_identity_arguments(o) as null::varchar;
create or replace temp macro pg_get_statisticsobjdef_columns(o) as null::varchar;
create or replace temp macro pg_get_serial_sequence(t, c) as null::varchar;
create or replace temp macro pg_encoding_to_char(e) as 'UTF8';
create or replace temp macro pg_char_to_encoding(e) as 6;
create or replace temp macro getdatabaseencoding() as 'UTF8';
create or replace temp macro pg_client_encoding() as 'UTF8';
create or replace temp macro pg_relation_size(o) as 0::bigint, (o, f) as 0::bigint;
create or replace temp macro pg_table_size(o) as 0::bigint;
create or replace temp macro pg_total_relation_size(o) as 0::bigint;
create or replace temp macro pg_indexes_size(o) as 0::bigint;
create or replace temp macro pg_database_size(d) as 0::bigint;
create or replace temp macro pg_tablespace_location(o) as '';
create or replace temp macro pg_relation_is_publishable(o) as false;
create or replace temp macro pg_is_in_recovery() as false;
create or replace temp macro pg_backend_pid() as 1;
create or replace temp macro pg_stat_get_numscans(o) as 0::bigint;
create or replace temp macro pg_relation_filenode(o) as o;
create or replace temp macro pg_column_is_updatable(o, n, t) as false;
create or replace temp macro pg_relation_is_updatable(o, t) as 0;
create or replace temp macro quote_ident(n) as case
    when regexp_full_match(n, '[a-z_][a-z0-9_$]*') then n else '"' || replace(n, '"', '""') || '"' end;
create or replace temp macro mr_regclass(n) as coalesce(map {
    'pg_class': 1259, 'pg_namespace': 2615, 'pg_type': 1247, 'pg_proc': 1255, 'pg_database': 1262, 'pg_attribute': 1249,
    'pg_constraint': 2606, 'pg_attrdef': 2604, 'pg_index': 2610, 'pg_trigger': 2620, 'pg_rewrite': 2618
    }[replace(lower(n::varchar), 'pg_catalog.', '')], (
    select min(c.oid) from pg_class c join pg_namespace s on s.oid = c.relnamespace
    where lower(n::varchar) in (lower(c.relname), lower(s.nspname || '.' || c.relname), c.oid::varchar)
        or n::varchar in ('"' || s.nspname || '"."' || c.relname || '"', s.nspname || '."' || c.relname || '"',
            '"' || s.nspname || '".' || c.relname, '"' || c.relname || '"')));
create or replace temp macro to_regclass(n) as mr_regclass(n);
create or replace temp macro mr_regclass_name(o) as coalesce((
    select any_value(case when s.nspname = 'main' then c.relname else s.nspname || '.' || c.relname end)
    from pg_class c join pg_namespace s on s.oid = c.relnamespace where c.oid = try_cast(o as bigint)), o::varchar);
create or replace temp macro _pg_expandarray(a) as unnest(list_transform(a, lambda x, i: {'x': x, 'n': i}));
create or replace temp macro array_upper(a, d) as len(a);
create or replace temp macro array_lower(a, d) as case when len(a) > 0 then 1 end;
create or replace temp macro aclexplode(a) as null;
create or replace temp macro pg_options_to_table(a) as null;

-- The standard's own view of it, with PostgreSQL's names of types

create or replace temp view information_schema_schemata as
select current_database() as catalog_name, nspname as schema_name, 'millrace' as schema_owner,
    null::varchar as default_character_set_catalog, null::varchar as default_character_set_schema,
    null::varchar as default_character_set_name, null::varchar as sql_path
from pg_namespace;
create or replace temp view information_schema_tables as
select current_database() as table_catalog, n.nspname as table_schema, c.relname as table_name,
    case c.relkind when 'v' then 'VIEW' else 'BASE TABLE' end as table_type,
    null::varchar as self_referencing_column_name, null::varchar as reference_generation,
    null::varchar as user_defined_type_catalog, null::varchar as user_defined_type_schema,
    null::varchar as user_defined_type_name, 'NO' as is_insertable_into, 'NO' as is_typed, null::varchar as commit_action
from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'v');
create or replace temp view information_schema_views as
select table_catalog, table_schema, table_name, null::varchar as view_definition, 'NONE' as check_option,
    'NO' as is_updatable, 'NO' as is_insertable_into
from information_schema_tables where table_type = 'VIEW';
create or replace temp view information_schema_columns as
select current_database() as table_catalog, n.nspname as table_schema, c.relname as table_name, a.attname as column_name,
    a.attnum::integer as ordinal_position, d.adbin as column_default,
    case when a.attnotnull then 'NO' else 'YES' end as is_nullable,
    case when t.typcategory = 'A' then 'ARRAY' else mr_simple_name(t.oid) end as data_type,
    null::integer as character_maximum_length, null::integer as character_octet_length,
    case when t.oid = 1700 and a.atttypmod > 4 then (a.atttypmod - 4) // 65536
        when t.oid = 21 then 16 when t.oid = 23 then 32 when t.oid = 20 then 64 when t.oid = 700 then 24
        when t.oid = 701 then 53 end::integer as numeric_precision,
    case when t.oid in (20, 21, 23, 700, 701) then 2 when t.oid = 1700 then 10 end as numeric_precision_radix,
    case when t.oid = 1700 and a.atttypmod > 4 then (a.atttypmod - 4) % 65536 when t.oid in (20, 21, 23) then 0 end::integer as numeric_scale,
    case when t.oid in (1083, 1114, 1184) then 6 when t.oid = 1082 then 0 end as datetime_precision,
    null::varchar as interval_type, null::varchar as character_set_name, null::varchar as collation_name,
    null::varchar as domain_name, current_database() as udt_catalog, 'pg_catalog' as udt_schema, t.typname as udt_name,
    'NO' as is_identity, 'NEVER' as is_generated, null::varchar as generation_expression, 'NO' as is_updatable
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relkind in ('r', 'v');
create or replace temp view information_schema_table_constraints as
select current_database() as constraint_catalog, n.nspname as constraint_schema, k.conname as constraint_name,
    current_database() as table_catalog, n.nspname as table_schema, c.relname as table_name,
    case k.contype when 'p' then 'PRIMARY KEY' when 'u' then 'UNIQUE' when 'f' then 'FOREIGN KEY' else 'CHECK' end as constraint_type,
    'NO' as is_deferrable, 'NO' as initially_deferred, 'YES' as enforced
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace;
create or replace temp view information_schema_key_column_usage as
select current_database() as constraint_catalog, n.nspname as constraint_schema, k.conname as constraint_name,
    current_database() as table_catalog, n.nspname as table_schema, c.relname as table_name, a.attname as column_name,
    list_position(k.conkey, a.attnum) as ordinal_position, null::integer as position_in_unique_constraint
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and list_contains(k.conkey, a.attnum)
where k.contype in ('p', 'u', 'f');
