select
    id as customer_id,
    name,
    lower(email) as email,
    segment,
    country,
    created_at
from {{ source('raw', 'customers') }}
