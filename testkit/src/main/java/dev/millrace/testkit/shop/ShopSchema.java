package dev.millrace.testkit.shop;

import java.util.List;

/** The shop's tables in PostgreSQL's SQL. Keys come after the rows: so they are checked and indexed at once. */
final class ShopSchema {
    static final String ORDER_COLUMNS = "id, customer_id, status, total, placed_at, updated_at";
    static final String ITEM_COLUMNS = "id, order_id, product_id, quantity, unit_price, updated_at";

    static final List<String> TABLES = List.of("""
            CREATE TABLE public.countries (
                code char(2) NOT NULL,
                name text NOT NULL,
                currency char(3) NOT NULL
            )""", """
            CREATE TABLE public.customers (
                id bigint NOT NULL,
                name text NOT NULL,
                email text,
                segment text NOT NULL,
                country char(2) NOT NULL,
                created_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL
            )""", """
            CREATE TABLE public.products (
                id bigint NOT NULL,
                sku text NOT NULL,
                name text NOT NULL,
                category text NOT NULL,
                price numeric(10,2) NOT NULL,
                active boolean NOT NULL,
                attributes jsonb,
                updated_at timestamptz NOT NULL
            )""", """
            CREATE TABLE public.orders (
                id bigint NOT NULL,
                customer_id bigint NOT NULL,
                status text NOT NULL,
                total numeric(12,2) NOT NULL,
                placed_at timestamptz NOT NULL,
                updated_at timestamptz NOT NULL
            )""", """
            CREATE TABLE public.order_items (
                id bigint NOT NULL,
                order_id bigint NOT NULL,
                product_id bigint NOT NULL,
                quantity integer NOT NULL,
                unit_price numeric(10,2) NOT NULL,
                updated_at timestamptz NOT NULL
            )""", """
            CREATE TABLE public.returns (
                id bigint NOT NULL,
                order_item_id bigint NOT NULL,
                reason text NOT NULL,
                refund numeric(10,2) NOT NULL,
                returned_on date NOT NULL,
                updated_at timestamptz NOT NULL
            )""");

    static final List<String> KEYS = List.of(
            "ALTER TABLE public.countries ADD PRIMARY KEY (code)",
            "ALTER TABLE public.customers ADD PRIMARY KEY (id)",
            "ALTER TABLE public.products ADD PRIMARY KEY (id), ADD UNIQUE (sku)",
            "ALTER TABLE public.orders ADD PRIMARY KEY (id)",
            "ALTER TABLE public.order_items ADD PRIMARY KEY (id)",
            "ALTER TABLE public.returns ADD PRIMARY KEY (id)",
            "ALTER TABLE public.customers ADD FOREIGN KEY (country) REFERENCES public.countries",
            "ALTER TABLE public.orders ADD FOREIGN KEY (customer_id) REFERENCES public.customers",
            "ALTER TABLE public.order_items ADD FOREIGN KEY (order_id) REFERENCES public.orders,"
                    + " ADD FOREIGN KEY (product_id) REFERENCES public.products",
            "ALTER TABLE public.returns ADD FOREIGN KEY (order_item_id) REFERENCES public.order_items",
            "CREATE INDEX ON public.orders (updated_at)",
            "CREATE INDEX ON public.order_items (updated_at)",
            "CREATE INDEX ON public.order_items (order_id)");

    private ShopSchema() {}
}
