select
    c.customer_id,
    'shop-' || c.customer_id as customer_key,
    c.name,
    c.email,
    c.segment,
    c.country,
    c.created_at,
    a.account_id is not null as known_in_crm
from {{ ref('stg_customers') }} c
left join {{ ref('stg_accounts') }} a on a.customer_key = 'shop-' || c.customer_id
