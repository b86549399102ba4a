{#- How models become relations. A node is replaced whole or not at all: either one statement replaces it, or all statements
    run in one transaction. -#}

{% materialization view, default %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set existing = adapter.load_relation(this) -%}
  {%- set build_sql = get_create_view_as_sql(target_relation, sql) -%}
  {%- set needs_drop = existing is not none and not (existing.is_view and replaces(build_sql)) -%}
  {%- if pre_hooks -%}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- endif -%}
  {%- if needs_drop -%}
    {%- call statement('begin', auto_begin=true) -%}{%- endcall -%}
    {%- do adapter.drop_relation(existing) -%}
  {%- endif -%}
  {%- call statement('main', auto_begin=needs_drop or pre_hooks or post_hooks) -%}
    {{ build_sql }}
  {%- endcall -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% materialization table, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- if pre_hooks -%}
    {{ run_hooks(pre_hooks, inside_transaction=false) }}
    {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- endif -%}
  {%- do build_table(existing, target_relation, sql) -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro build_table(existing, target_relation, sql) %}
  {#- The whole table anew: in one statement where that replaces what is there, else under another name and swapped, all in the
      open transaction. Either way the new table may read the old relation. -#}
  {%- set build_sql = get_create_table_as_sql(false, target_relation, sql) -%}
  {%- set direct = existing is none or (existing.is_table and replaces(build_sql)) -%}
  {%- if direct -%}
    {%- call statement('main', auto_begin=needs_transaction()) -%}
      {{ build_sql }}
    {%- endcall -%}
  {%- else -%}
    {%- set intermediate = make_intermediate_relation(target_relation) -%}
    {%- call statement('begin', auto_begin=true) -%}{%- endcall -%}
    {%- do adapter.drop_relation(adapter.load_relation(intermediate)) -%}
    {%- call statement('main') -%}
      {{ get_create_table_as_sql(false, intermediate, sql) }}
    {%- endcall -%}
    {%- do adapter.drop_relation(existing) -%}
    {%- do adapter.rename_relation(intermediate, target_relation) -%}
  {%- endif -%}
{% endmacro %}

{% macro needs_transaction() %}
  {%- set contract = config.get('contract') -%}
  {%- do return(pre_hooks | length > 0 or post_hooks | length > 0 or config.get('indexes') is not none
      or (contract and contract.enforced) or false) -%}
{% endmacro %}

{% macro finish_relation(target_relation) %}
  {%- do create_indexes(target_relation) if config.get('indexes') -%}
  {%- do persist_docs(target_relation, model) if config.persist_relation_docs() or config.persist_column_docs() -%}
  {%- if post_hooks -%}
    {{ run_hooks(post_hooks, inside_transaction=true) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=false) }}
  {%- else -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
{% endmacro %}

{% materialization seed, default %}
  {%- set target_relation = this.incorporate(type='table') -%}
  {{ run_hooks(pre_hooks, inside_transaction=false) }}
  {{ run_hooks(pre_hooks, inside_transaction=true) }}
  {%- set rows = adapter.load_seed(target_relation) -%}
  {%- do store_raw_result('main', message='INSERT ' ~ rows, code='INSERT', rows_affected=rows) -%}
  {{ finish_relation(target_relation) }}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro is_incremental() %}
  {%- if not execute -%}
    {%- do return(false) -%}
  {%- endif -%}
  {%- if config.get('materialized') != 'incremental' or should_full_refresh() -%}
    {%- do return(false) -%}
  {%- endif -%}
  {%- set existing = load_relation(this) -%}
  {%- do return(existing is not none and existing.is_table) -%}
{% endmacro %}
