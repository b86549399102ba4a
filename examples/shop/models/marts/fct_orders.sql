with lines as (
    select
        order_id,
        count(*) as line_count,
        sum(line_total) as lines_total
    from {{ ref('fct_order_lines') }}
    group by order_id
)

select
    o.order_id,
    o.customer_id,
    c.segment,
    c.country,
    o.status,
    o.placed_at,
    o.order_month,
    o.order_total,
    coalesce(l.line_count, 0) as line_count,
    coalesce(l.lines_total, 0) as lines_total
from {{ ref('stg_orders') }} o
left join {{ ref('dim_customers') }} c on c.customer_id = o.customer_id
left join lines l on l.order_id = o.order_id
