{#- MERGE as DuckDB has it, with what dbt-duckdb lets a model say about it: conditions, expressions, and whole clauses. -#}

{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}
  {%- do check_merge_config() -%}
  {%- set header = config.get('sql_header') -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set returning = config.get('merge_returning_columns') -%}
  {{ header if header is not none }}
  merge into {{ target }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  {{ merge_join(unique_key, incremental_predicates) }}
  {%- for clause in clauses.get('when_matched') or [usual_update()] %}
  {{ merge_clause('when matched', clause, dest_columns) }}
  {%- endfor %}
  {%- for clause in clauses.get('when_not_matched') or [usual_insert()] %}
  {{ merge_clause('when not matched', clause, dest_columns) }}
  {%- endfor %}
  {%- if returning %}
  returning {{ returning if returning is string else returning | join(', ') }}
  {%- endif %}
{% endmacro %}

{% macro merge_join(unique_key, incremental_predicates) %}
  {%- set conditions = predicate_list(incremental_predicates) | list -%}
  {%- set using_columns = config.get('merge_on_using_columns') -%}
  {%- if using_columns -%}
    using ({{ using_columns | join(', ') }})
    {%- if conditions %} on ({{ conditions | join(') and (') }}){% endif -%}
  {%- else -%}
    {%- set keys = key_list(unique_key) -%}
    {%- for key in keys -%}
      {%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}
    {%- endfor -%}
    {%- if not keys -%}{%- do conditions.append('false') -%}{%- endif -%}
    on ({{ conditions | join(') and (') }})
  {%- endif -%}
{% endmacro %}

{% macro usual_update() %}
  {%- set update = {
      'include': config.get('merge_update_columns') or [],
      'exclude': config.get('merge_exclude_columns') or [],
      'set_expressions': config.get('merge_update_set_expressions') or {}} -%}
  {%- do return({'action': 'update', 'mode': 'explicit', 'condition': config.get('merge_update_condition'), 'update': update}) -%}
{% endmacro %}

{% macro usual_insert() %}
  {%- do return({'action': 'insert', 'mode': 'by_name', 'condition': config.get('merge_insert_condition')}) -%}
{% endmacro %}

{% macro merge_clause(when, clause, dest_columns) %}
  {%- set condition = clause.get('condition') -%}
  {{ when }}
  {%- if clause.get('by') %} by {{ clause.by }}{% endif -%}
  {%- if condition %} and ({{ condition if condition is string else condition | join(') and (') }}){% endif %} then{{ ' ' }}
  {%- if clause.get('action') == 'update' -%}{{ merge_update(clause, dest_columns) }}
  {%- elif clause.get('action') == 'insert' -%}{{ merge_insert(clause) }}
  {%- elif clause.get('action') == 'delete' -%}delete
  {%- elif clause.get('action') == 'do_nothing' -%}do nothing
  {%- elif clause.get('action') == 'error' -%}
    error{% if clause.get('error_message') %} '{{ clause.error_message | replace("'", "''") }}'{% endif -%}
  {%- else -%}
    {%- do exceptions.raise_compiler_error('a clause of merge_clauses has the action ' ~ clause.get('action')
        ~ '; one of update, insert, delete, do_nothing, error is needed') -%}
  {%- endif -%}
{% endmacro %}

{% macro merge_update(clause, dest_columns) %}
  {%- set mode = clause.get('mode', 'explicit') -%}
  {%- if mode == 'by_name' -%}update by name
  {%- elif mode == 'by_position' -%}update by position
  {%- elif mode == 'star' -%}update set *
  {%- else -%}
    {%- set update = clause.get('update') or {} -%}
    {%- set expressions = update.get('set_expressions') or clause.get('set_expressions') or {} -%}
    {%- set settings = [] -%}
    {%- for column, expression in expressions.items() -%}
      {%- do settings.append(column ~ ' = ' ~ expression) -%}
    {%- endfor -%}
    {%- set bare = clause.get('set_expressions') and not clause.get('update') -%}
    {%- for column in ([] if bare else get_merge_update_columns(update.get('include'), update.get('exclude'), dest_columns)) -%}
      {%- if column | replace('"', '') not in expressions -%}
        {%- do settings.append(column ~ ' = DBT_INTERNAL_SOURCE.' ~ column) -%}
      {%- endif -%}
    {%- endfor -%}
    update set {{ settings | join(', ') }}
  {%- endif -%}
{% endmacro %}

{% macro merge_insert(clause) %}
  {%- set mode = clause.get('mode', 'by_name') -%}
  {%- if mode == 'by_name' -%}insert by name
  {%- elif mode == 'by_position' -%}insert by position
  {%- elif mode == 'star' -%}insert *
  {%- else -%}
    {%- set insert = clause.get('insert') or {} -%}
    insert ({{ insert.get('columns', []) | join(', ') }}) values ({{ insert.get('values', []) | join(', ') }})
  {%- endif -%}
{% endmacro %}

{% macro check_merge_config() %}
  {%- set problems = [] -%}
  {%- for key in ['merge_update_condition', 'merge_insert_condition'] -%}
    {%- if config.get(key) is not none and config.get(key) is not string -%}
      {%- do problems.append(key ~ ' must be a string, found: ' ~ config.get(key)) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- for key in ['merge_on_using_columns', 'merge_update_columns', 'merge_exclude_columns', 'merge_returning_columns'] -%}
    {%- set value = config.get(key) -%}
    {%- if value is not none and (value is string or value is mapping or value is not sequence) -%}
      {%- do problems.append(key ~ ' must be a list, found: ' ~ value) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- set expressions = config.get('merge_update_set_expressions') -%}
  {%- if expressions is not none and expressions is not mapping -%}
    {%- do problems.append('merge_update_set_expressions must be a dictionary, found: ' ~ expressions) -%}
  {%- endif -%}
  {%- do check_merge_clauses(config.get('merge_clauses'), problems) -%}
  {%- if problems -%}
    {%- do exceptions.raise_compiler_error('the merge is configured wrongly: ' ~ problems | join('; ')) -%}
  {%- endif -%}
{% endmacro %}

{% macro check_merge_clauses(clauses, problems) %}
  {%- if clauses is none -%}
  {%- elif clauses is not mapping -%}
    {%- do problems.append('merge_clauses must be a dictionary, found: ' ~ clauses) -%}
  {%- elif 'when_matched' not in clauses and 'when_not_matched' not in clauses -%}
    {%- do problems.append('merge_clauses must contain when_matched, when_not_matched or both') -%}
  {%- else -%}
    {%- for kind in ['when_matched', 'when_not_matched'] if kind in clauses -%}
      {%- set list = clauses[kind] -%}
      {%- if list is string or list is mapping or list is not sequence -%}
        {%- do problems.append('merge_clauses.' ~ kind ~ ' must be a list') -%}
      {%- elif not list -%}
        {%- do problems.append('merge_clauses.' ~ kind ~ ' must contain at least one element') -%}
      {%- else -%}
        {%- for clause in list if clause is not mapping -%}
          {%- do problems.append('the elements of merge_clauses.' ~ kind ~ ' must be dictionaries, but one is ' ~ clause) -%}
        {%- endfor -%}
      {%- endif -%}
    {%- endfor -%}
    {%- for key in ['merge_update_condition', 'merge_insert_condition', 'merge_update_columns', 'merge_exclude_columns',
                    'merge_update_set_expressions'] if config.get(key) -%}
      {%- do problems.append(key ~ ' has no effect beside merge_clauses: remove it, or say it there') -%}
    {%- endfor -%}
  {%- endif -%}
{% endmacro %}
