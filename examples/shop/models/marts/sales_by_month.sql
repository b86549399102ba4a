select
    o.order_month,
    l.category,
    sum(l.line_total) as revenue,
    sum(l.quantity) as units,
    max(t.monthly_target) as target,
    sum(l.line_total) >= max(t.monthly_target) as on_target
from {{ ref('fct_order_lines') }} l
join {{ ref('stg_orders') }} o on o.order_id = l.order_id
left join {{ ref('category_targets') }} t on t.category = l.category
where o.status not in ('cancelled', 'returned')
group by o.order_month, l.category
