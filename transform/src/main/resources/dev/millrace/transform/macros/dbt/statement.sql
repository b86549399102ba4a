{#- Running statements and keeping their answers. -#}

{% macro statement(name=none, fetch_result=false, auto_begin=true, language='sql') %}
  {%- if execute -%}
    {%- set code = caller() -%}
    {%- if name == 'main' -%}
      {{ write(code) }}
    {%- endif -%}
    {%- set response, rows = adapter.execute(code, auto_begin=auto_begin, fetch=fetch_result) -%}
    {%- if name is not none -%}
      {{ store_result(name, response=response, agate_table=rows) }}
    {%- endif -%}
  {%- endif -%}
{% endmacro %}

{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) %}
  {%- set code_written = caller() -%}
  {%- if name == 'main' -%}
    {{ write(code_written) }}
  {%- endif -%}
  {%- if name is not none -%}
    {{ store_raw_result(name, message=message, code=code, rows_affected=rows_affected, agate_table=res) }}
  {%- endif -%}
{% endmacro %}

{% macro run_query(sql) %}
  {%- if not execute -%}
    {%- do return(none) -%}
  {%- endif -%}
  {%- set response, rows = adapter.execute(sql, auto_begin=false, fetch=true) -%}
  {%- do return(rows) -%}
{% endmacro %}

{% macro run_hooks(hooks, inside_transaction=true) %}
  {%- for hook in hooks -%}
    {%- if hook.get('transaction', true) == inside_transaction -%}
      {%- set code = render(hook.get('sql')) | trim -%}
      {%- if code -%}
        {%- do adapter.execute(code, auto_begin=inside_transaction) -%}
      {%- endif -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{% macro make_hook_config(sql, inside_transaction) %}
  {%- do return(tojson({'sql': sql, 'transaction': inside_transaction})) -%}
{% endmacro %}

{% macro before_begin(sql) %}
  {%- do return(make_hook_config(sql, false)) -%}
{% endmacro %}

{% macro in_transaction(sql) %}
  {%- do return(make_hook_config(sql, true)) -%}
{% endmacro %}

{% macro after_commit(sql) %}
  {%- do return(make_hook_config(sql, false)) -%}
{% endmacro %}
