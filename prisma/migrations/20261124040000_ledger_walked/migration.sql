-- CRD-05: what is owed and overdue is found among what is owed, not among all that was ever shipped.
CREATE INDEX "shipment_owed" ON "shipment" ("shipped_on" DESC, "id" DESC) INCLUDE ("term_days", "customer_id") WHERE "open" > 0;
-- CRD-01: the contracts that are over, by the first day on which they no longer held.
CREATE INDEX "contract_over" ON "contract" ((coalesce("ended_on", "ends_on" + 1)));

-- CRD-20: with a month all before it are closed.
CREATE OR REPLACE FUNCTION "enter_document"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day date := CASE TG_TABLE_NAME WHEN 'shipment' THEN (to_jsonb(NEW)->>'shipped_on')::date ELSE (to_jsonb(NEW)->>'received_on')::date END;
BEGIN
  -- Whoever closes a month waits for this entry, and this entry for whoever is closing one.
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger month', 0));
  IF EXISTS (SELECT FROM "ledger_month" WHERE "month" >= date_trunc('month', day)) THEN
    RAISE EXCEPTION 'the month of % is closed', day USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW."counter_of_id" IS NULL THEN
    NEW."net" := NEW."amount";
    NEW."open" := NEW."amount";
  ELSE
    NEW."net" := 0;
    NEW."open" := 0;
  END IF;
  RETURN NEW;
END $$;
