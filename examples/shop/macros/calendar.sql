{% macro calendar_month(timestamp) %}
    cast(date_trunc('month', {{ timestamp }} at time zone 'UTC') as date)
{% endmacro %}
