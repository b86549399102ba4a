{#- Relations: looking them up, naming, dropping, renaming. -#}

{% macro load_cached_relation(relation) %}
  {%- do return(adapter.load_relation(relation)) -%}
{% endmacro %}

{% macro load_relation(relation) %}
  {%- do return(adapter.load_relation(relation)) -%}
{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}
  {%- do return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, suffix)) -%}
{% endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) %}
  {%- do return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix}, type='table')) -%}
{% endmacro %}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}
  {%- do return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) -%}
{% endmacro %}

{% macro default__make_intermediate_relation(base_relation, suffix) %}
  {%- do return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) -%}
{% endmacro %}

{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}
  {%- do return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) -%}
{% endmacro %}

{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {%- do return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix}, type=backup_relation_type)) -%}
{% endmacro %}

{% macro drop_relation_if_exists(relation) %}
  {%- if relation is not none -%}
    {%- do adapter.drop_relation(relation) -%}
  {%- endif -%}
{% endmacro %}

{% macro drop_relation(relation) %}
  {%- do adapter.drop_relation(relation) -%}
{% endmacro %}

{% macro rename_relation(from_relation, to_relation) %}
  {%- do adapter.rename_relation(from_relation, to_relation) -%}
{% endmacro %}

{% macro truncate_relation(relation) %}
  {%- do adapter.truncate_relation(relation) -%}
{% endmacro %}

{% macro get_or_create_relation(database, schema, identifier, type) %}
  {%- set known = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
  {%- if known is not none -%}
    {%- do return([true, known]) -%}
  {%- endif -%}
  {%- do return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) -%}
{% endmacro %}

{% macro create_schema(relation) %}
  {%- do adapter.create_schema(relation) -%}
{% endmacro %}

{% macro drop_schema(relation) %}
  {%- do adapter.drop_schema(relation) -%}
{% endmacro %}

{% macro check_schema_exists(information_schema, schema) %}
  {%- do return(adapter.check_schema_exists(information_schema.database, schema)) -%}
{% endmacro %}

{% macro list_schemas(database) %}
  {%- do return(adapter.list_schemas(database)) -%}
{% endmacro %}

{% macro list_relations_without_caching(schema_relation) %}
  {%- do return(adapter.list_relations_without_caching(schema_relation)) -%}
{% endmacro %}

{% macro get_columns_in_relation(relation) %}
  {%- do return(adapter.get_columns_in_relation(relation)) -%}
{% endmacro %}

{% macro get_columns_in_query(select_sql) %}
  {%- set names = [] -%}
  {%- for column in adapter.get_column_schema_from_query(select_sql) -%}
    {%- do names.append(column.name) -%}
  {%- endfor -%}
  {%- do return(names) -%}
{% endmacro %}

{% macro get_column_schema_from_query(select_sql, select_sql_header=none) %}
  {%- do return(adapter.get_column_schema_from_query(select_sql)) -%}
{% endmacro %}

{% macro information_schema_name(database) %}
  {%- if database is none -%}information_schema{%- else -%}{{ adapter.quote(database) }}.information_schema{%- endif -%}
{% endmacro %}

{% macro should_full_refresh() %}
  {%- set own = config.get('full_refresh') -%}
  {%- do return(flags.FULL_REFRESH if own is none else own) -%}
{% endmacro %}

{% macro should_store_failures() %}
  {%- set own = config.get('store_failures') -%}
  {%- do return(flags.STORE_FAILURES if own is none else own) -%}
{% endmacro %}

{% macro should_revoke(existing_relation, full_refresh_mode=true) %}
  {%- do return(false) -%}
{% endmacro %}

{% macro apply_grants(relation, grant_config, should_revoke=false) %}
  {%- do return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) -%}
{% endmacro %}

{% macro default__apply_grants(relation, grant_config, should_revoke=false) %}
{% endmacro %}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) %}
  {%- do return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) -%}
{% endmacro %}

{% macro default__persist_docs(relation, model, for_relation, for_columns) %}
  {%- if for_relation and config.persist_relation_docs() and model.description -%}
    {%- do run_query(alter_relation_comment(relation, model.description)) -%}
  {%- endif -%}
  {%- if for_columns and config.persist_column_docs() and model.columns -%}
    {%- set statements = alter_column_comment(relation, model.columns) -%}
    {%- if statements | trim -%}
      {%- do adapter.execute(statements) -%}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}

{% macro alter_relation_comment(relation, relation_comment) %}
  {%- do return(adapter.dispatch('alter_relation_comment', 'dbt')(relation, relation_comment)) -%}
{% endmacro %}

{% macro default__alter_relation_comment(relation, comment) %}
comment on {{ relation.type or 'table' }} {{ relation }} is '{{ comment | replace("'", "''") }}'
{% endmacro %}

{% macro alter_column_comment(relation, column_dict) %}
  {%- do return(adapter.dispatch('alter_column_comment', 'dbt')(relation, column_dict)) -%}
{% endmacro %}

{% macro default__alter_column_comment(relation, column_dict) %}
  {%- set existing = adapter.get_columns_in_relation(relation) | map(attribute='name') | map('lower') | list -%}
  {%- for name in column_dict if name | lower in existing and column_dict[name]['description'] %}
comment on column {{ relation }}.{{ adapter.quote(name) }} is '{{ column_dict[name]['description'] | replace("'", "''") }}';
  {%- endfor %}
{% endmacro %}

{% macro create_indexes(relation) %}
  {%- for index in config.get('indexes', default=[]) -%}
    {%- set code = get_create_index_sql(relation, index) -%}
    {%- if code -%}
      {%- do adapter.execute(code) -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro get_create_index_sql(relation, index_dict) %}
  {%- do return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) -%}
{% endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) %}
  {%- set columns = index_dict['columns'] -%}
  {%- set name = 'idx_' ~ local_md5(relation ~ columns | join(',')) -%}
  {%- set code -%}
create {{ 'unique' if index_dict.get('unique') }} index if not exists {{ adapter.quote(name) }}
on {{ relation }} ({% for column in columns %}{{ adapter.quote(column) }}{{ ', ' if not loop.last }}{% endfor %})
  {%- endset -%}
  {%- do return(code) -%}
{% endmacro %}
