{#- What becomes of an incremental table whose model has other columns than before: on_schema_change. -#}

{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') %}
  {%- if on_schema_change in ('ignore', 'fail', 'append_new_columns', 'sync_all_columns') -%}
    {%- do return(on_schema_change) -%}
  {%- endif -%}
  {%- do exceptions.warn("on_schema_change is '" ~ on_schema_change ~ "', which is not known: '" ~ default ~ "' is used") -%}
  {%- do return(default) -%}
{% endmacro %}

{% macro diff_columns(source_columns, target_columns) %}
  {%- set known = target_columns | map(attribute='name') | map('lower') | list -%}
  {%- set missing = [] -%}
  {%- for column in source_columns if column.name | lower not in known -%}
    {%- do missing.append(column) -%}
  {%- endfor -%}
  {%- do return(missing) -%}
{% endmacro %}

{% macro diff_column_data_types(source_columns, target_columns) %}
  {%- set changed = [] -%}
  {%- for column in source_columns -%}
    {%- for other in target_columns if other.name | lower == column.name | lower and other.data_type != column.data_type -%}
      {%- do changed.append({'column_name': other.name, 'new_type': column.data_type, 'old_type': other.data_type}) -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- do return(changed) -%}
{% endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) %}
  {%- set source_columns = adapter.get_columns_in_relation(source_relation) -%}
  {%- set target_columns = adapter.get_columns_in_relation(target_relation) -%}
  {%- set added = diff_columns(source_columns, target_columns) -%}
  {%- set removed = diff_columns(target_columns, source_columns) -%}
  {%- set retyped = diff_column_data_types(source_columns, target_columns) -%}
  {%- do return({
      'schema_changed': added | length > 0 or removed | length > 0 or retyped | length > 0,
      'source_not_in_target': added,
      'target_not_in_source': removed,
      'source_columns': source_columns,
      'target_columns': target_columns,
      'new_target_types': retyped
  }) -%}
{% endmacro %}

{% macro process_schema_changes(on_schema_change, source_relation, target_relation) %}
  {%- if on_schema_change == 'ignore' -%}
    {%- do return([]) -%}
  {%- endif -%}
  {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
  {%- if changes['schema_changed'] -%}
    {%- if on_schema_change == 'fail' -%}
      {%- do exceptions.raise_compiler_error(
          'the columns of ' ~ target_relation ~ ' have changed and on_schema_change is fail. New: '
          ~ (changes['source_not_in_target'] | map(attribute='name') | join(', ') or 'none') ~ '. Gone: '
          ~ (changes['target_not_in_source'] | map(attribute='name') | join(', ') or 'none') ~ '. Other types: '
          ~ (changes['new_target_types'] | map(attribute='column_name') | join(', ') or 'none')
          ~ '. Run with --full-refresh, or configure append_new_columns or sync_all_columns') -%}
    {%- endif -%}
    {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
  {%- endif -%}
  {#- A column that only the table has stays as it is and gets nulls. -#}
  {%- do return(changes['source_columns']) -%}
{% endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) %}
  {%- set added = schema_changes_dict['source_not_in_target'] -%}
  {%- if on_schema_change == 'append_new_columns' -%}
    {%- do alter_relation_add_remove_columns(target_relation, added, none) if added -%}
  {%- elif on_schema_change == 'sync_all_columns' -%}
    {%- set removed = schema_changes_dict['target_not_in_source'] -%}
    {%- do alter_relation_add_remove_columns(target_relation, added, removed) if added or removed -%}
    {%- for change in schema_changes_dict['new_target_types'] -%}
      {%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}

{% macro alter_relation_add_remove_columns(relation, add_columns=none, remove_columns=none) %}
  {%- do return(adapter.dispatch('alter_relation_add_remove_columns', 'dbt')(relation, add_columns, remove_columns)) -%}
{% endmacro %}

{% macro default__alter_relation_add_remove_columns(relation, add_columns, remove_columns) %}
  {%- for column in add_columns or [] -%}
    {%- do adapter.execute('alter table ' ~ relation ~ ' add column ' ~ column.quoted ~ ' ' ~ column.data_type) -%}
  {%- endfor -%}
  {%- for column in remove_columns or [] -%}
    {%- do adapter.execute('alter table ' ~ relation ~ ' drop column ' ~ column.quoted) -%}
  {%- endfor -%}
{% endmacro %}

{% macro alter_column_type(relation, column_name, new_column_type) %}
  {%- do return(adapter.dispatch('alter_column_type', 'dbt')(relation, column_name, new_column_type)) -%}
{% endmacro %}

{% macro default__alter_column_type(relation, column_name, new_column_type) %}
  {%- do adapter.execute('alter table ' ~ relation ~ ' alter column ' ~ adapter.quote(column_name) ~ ' type ' ~ new_column_type) -%}
{% endmacro %}
