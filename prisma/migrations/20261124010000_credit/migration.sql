-- CreateEnum
CREATE TYPE "contract_kind" AS ENUM ('distribution', 'direct');

-- CreateEnum
CREATE TYPE "credit_method" AS ENUM ('rolling_30', 'fixed', 'cash_only');

-- CreateEnum
CREATE TYPE "cooperation_mode" AS ENUM ('distribution', 'direct', 'agency', 'consignment', 'joint');

-- CreateEnum
CREATE TYPE "ledger_source" AS ENUM ('release', 'form', 'import', 'api');

-- CreateEnum
CREATE TYPE "receipt_way" AS ENUM ('transfer', 'draft', 'cash', 'card', 'other');

-- CreateEnum
CREATE TYPE "allocation_way" AS ENUM ('oldest', 'hand');

-- CreateEnum
CREATE TYPE "release_state" AS ENUM ('held', 'released', 'shipped', 'cancelled');

-- CreateEnum
CREATE TYPE "release_ground" AS ENUM ('within', 'first_override', 'final_override', 'cash');

-- CreateEnum
CREATE TYPE "check_step" AS ENUM ('request', 'recheck', 'approval', 'payment', 'shipping');

-- CreateEnum
CREATE TYPE "override_kind" AS ENUM ('first', 'final', 'overdue');

-- CreateEnum
CREATE TYPE "credit_decision" AS ENUM ('waiting', 'approved', 'refused', 'ended');

-- CreateEnum
CREATE TYPE "api_scope" AS ENUM ('shipments_write', 'receipts_write', 'releases_write', 'credit_read');

-- CreateEnum
CREATE TYPE "import_subject" AS ENUM ('customers', 'shipments', 'receipts');

-- AlterTable
ALTER TABLE "customer_import" ADD COLUMN     "subject" "import_subject" NOT NULL DEFAULT 'customers';

-- AlterTable
ALTER TABLE "customer_import_row" ADD COLUMN     "document" TEXT;

-- CreateTable
CREATE TABLE "contract" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "document" TEXT,
    "customer_id" BIGINT NOT NULL,
    "kind" "contract_kind" NOT NULL,
    "signed_on" DATE NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "term_days" INTEGER NOT NULL,
    "terms" TEXT NOT NULL,
    "note" TEXT,
    "ended_on" DATE,
    "ended_reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_terms" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "method" "credit_method" NOT NULL,
    "amount" DECIMAL(14,2),
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "reason" TEXT NOT NULL,
    "state" "credit_decision" NOT NULL DEFAULT 'waiting',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" BIGINT NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "signed_by_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "credit_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cooperation_mode_change" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "before" "cooperation_mode",
    "after" "cooperation_mode" NOT NULL,
    "starts_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "credit_decision" NOT NULL DEFAULT 'waiting',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" BIGINT NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "cooperation_mode_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shipment" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "contract_id" BIGINT,
    "release_id" BIGINT,
    "counter_of_id" BIGINT,
    "amount" DECIMAL(14,2) NOT NULL,
    "net" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "open" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "shipped_on" DATE NOT NULL,
    "term_days" INTEGER,
    "goods" TEXT,
    "invoice" TEXT,
    "source" "ledger_source" NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "unreleased" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,
    "import_id" BIGINT,
    "token_id" BIGINT,

    CONSTRAINT "shipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "counter_of_id" BIGINT,
    "release_id" BIGINT,
    "amount" DECIMAL(14,2) NOT NULL,
    "net" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "open" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "received_on" DATE NOT NULL,
    "way" "receipt_way" NOT NULL,
    "payer" TEXT,
    "by_hand" BOOLEAN NOT NULL DEFAULT false,
    "source" "ledger_source" NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,
    "import_id" BIGINT,
    "token_id" BIGINT,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allocation" (
    "id" BIGSERIAL NOT NULL,
    "receipt_id" BIGINT NOT NULL,
    "shipment_id" BIGINT NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "way" "allocation_way" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "allocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_month" (
    "month" DATE NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by_id" BIGINT NOT NULL,

    CONSTRAINT "ledger_month_pkey" PRIMARY KEY ("month")
);

-- CreateTable
CREATE TABLE "credit_opening" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "opened_on" DATE NOT NULL,

    CONSTRAINT "credit_opening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "owner_id" BIGINT,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "contract_id" BIGINT,
    "amount" DECIMAL(14,2) NOT NULL,
    "goods" TEXT NOT NULL,
    "note" TEXT,
    "state" "release_state" NOT NULL,
    "ground" "release_ground",
    "holds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "short" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "cash" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "guarantee_id" BIGINT,
    "guaranteed" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by_id" BIGINT NOT NULL,
    "document" TEXT,
    "released_at" TIMESTAMPTZ(3),
    "shipped_at" TIMESTAMPTZ(3),
    "shipped_by_id" BIGINT,
    "shipped_amount" DECIMAL(14,2),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by_id" BIGINT,
    "cancel_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_check" (
    "id" BIGSERIAL NOT NULL,
    "release_id" BIGINT NOT NULL,
    "step" "check_step" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,
    "eligible" BOOLEAN NOT NULL,
    "method" "credit_method" NOT NULL,
    "limit" DECIMAL(16,2) NOT NULL,
    "exposure" DECIMAL(16,2) NOT NULL,
    "available" DECIMAL(16,2) NOT NULL,
    "overdue" DECIMAL(16,2) NOT NULL,
    "overdue_days" INTEGER NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "cash" DECIMAL(14,2) NOT NULL,
    "short" DECIMAL(14,2) NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "holds" TEXT[],

    CONSTRAINT "release_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_override" (
    "id" BIGSERIAL NOT NULL,
    "release_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "kind" "override_kind" NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "credit_decision" NOT NULL DEFAULT 'waiting',
    "request" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_by_id" BIGINT NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "signed_by_id" BIGINT,
    "month" DATE,
    "valid_on" DATE,
    "limit_then" DECIMAL(16,2),
    "unpaid" DECIMAL(14,2),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "credit_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guarantee" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "guarantor_id" BIGINT NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "average_then" DECIMAL(14,2) NOT NULL,
    "until" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "state" "credit_decision" NOT NULL DEFAULT 'waiting',
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_at" TIMESTAMPTZ(3),
    "signed_by_id" BIGINT,
    "called_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "guarantee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repayment_plan" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "release_id" BIGINT,
    "promised_by" TEXT,
    "note" TEXT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "filed_by_id" BIGINT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,

    CONSTRAINT "repayment_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repayment_line" (
    "plan_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,

    CONSTRAINT "repayment_line_pkey" PRIMARY KEY ("plan_id","n")
);

-- CreateTable
CREATE TABLE "credit_liability" (
    "id" BIGSERIAL NOT NULL,
    "override_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "staff_id" BIGINT,
    "department_id" BIGINT,
    "part" TEXT NOT NULL,
    "month" DATE NOT NULL,
    "share" DECIMAL(5,2) NOT NULL,
    "unpaid" DECIMAL(14,2) NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credit_liability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" "api_scope"[],
    "staff_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "contract_number_key" ON "contract"("number");

-- CreateIndex
CREATE UNIQUE INDEX "contract_document_key" ON "contract"("document");

-- CreateIndex
CREATE INDEX "contract_customer_id_starts_on_idx" ON "contract"("customer_id", "starts_on");

-- CreateIndex
CREATE INDEX "contract_ends_on_id_idx" ON "contract"("ends_on", "id");

-- CreateIndex
CREATE INDEX "credit_terms_customer_id_starts_on_idx" ON "credit_terms"("customer_id", "starts_on");

-- CreateIndex
CREATE INDEX "cooperation_mode_change_customer_id_starts_on_idx" ON "cooperation_mode_change"("customer_id", "starts_on");

-- CreateIndex
CREATE UNIQUE INDEX "shipment_number_key" ON "shipment"("number");

-- CreateIndex
CREATE UNIQUE INDEX "shipment_document_key" ON "shipment"("document");

-- CreateIndex
CREATE UNIQUE INDEX "shipment_release_id_key" ON "shipment"("release_id");

-- CreateIndex
CREATE INDEX "shipment_shipped_on_id_idx" ON "shipment"("shipped_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "shipment_counter_of_id_idx" ON "shipment"("counter_of_id");

-- CreateIndex
CREATE INDEX "shipment_import_id_idx" ON "shipment"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_number_key" ON "receipt"("number");

-- CreateIndex
CREATE UNIQUE INDEX "receipt_document_key" ON "receipt"("document");

-- CreateIndex
CREATE INDEX "receipt_customer_id_received_on_idx" ON "receipt"("customer_id", "received_on");

-- CreateIndex
CREATE INDEX "receipt_received_on_id_idx" ON "receipt"("received_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "receipt_release_id_idx" ON "receipt"("release_id");

-- CreateIndex
CREATE INDEX "receipt_counter_of_id_idx" ON "receipt"("counter_of_id");

-- CreateIndex
CREATE INDEX "receipt_import_id_idx" ON "receipt"("import_id");

-- CreateIndex
CREATE INDEX "allocation_shipment_id_idx" ON "allocation"("shipment_id");

-- CreateIndex
CREATE INDEX "allocation_receipt_id_idx" ON "allocation"("receipt_id");

-- CreateIndex
CREATE UNIQUE INDEX "release_number_key" ON "release"("number");

-- CreateIndex
CREATE UNIQUE INDEX "release_document_key" ON "release"("document");

-- CreateIndex
CREATE INDEX "release_customer_id_id_idx" ON "release"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "release_owner_id_id_idx" ON "release"("owner_id", "id" DESC);

-- CreateIndex
CREATE INDEX "release_department_id_id_idx" ON "release"("department_id", "id" DESC);

-- CreateIndex
CREATE INDEX "release_region_id_id_idx" ON "release"("region_id", "id" DESC);

-- CreateIndex
CREATE INDEX "release_state_id_idx" ON "release"("state", "id" DESC);

-- CreateIndex
CREATE INDEX "release_guarantee_id_idx" ON "release"("guarantee_id");

-- CreateIndex
CREATE INDEX "release_check_release_id_idx" ON "release_check"("release_id");

-- CreateIndex
CREATE INDEX "credit_override_release_id_idx" ON "credit_override"("release_id");

-- CreateIndex
CREATE INDEX "credit_override_customer_id_month_idx" ON "credit_override"("customer_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "guarantee_number_key" ON "guarantee"("number");

-- CreateIndex
CREATE INDEX "guarantee_customer_id_until_idx" ON "guarantee"("customer_id", "until");

-- CreateIndex
CREATE INDEX "guarantee_guarantor_id_idx" ON "guarantee"("guarantor_id");

-- CreateIndex
CREATE UNIQUE INDEX "repayment_plan_number_key" ON "repayment_plan"("number");

-- CreateIndex
CREATE INDEX "repayment_plan_customer_id_idx" ON "repayment_plan"("customer_id");

-- CreateIndex
CREATE INDEX "repayment_plan_release_id_idx" ON "repayment_plan"("release_id");

-- CreateIndex
CREATE INDEX "repayment_line_due_on_idx" ON "repayment_line"("due_on");

-- CreateIndex
CREATE INDEX "credit_liability_staff_id_month_idx" ON "credit_liability"("staff_id", "month");

-- CreateIndex
CREATE INDEX "credit_liability_month_id_idx" ON "credit_liability"("month", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_liability_override_id_part_key" ON "credit_liability"("override_id", "part");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_prefix_key" ON "api_token"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_staff_id_idx" ON "api_token"("staff_id");

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_terms" ADD CONSTRAINT "credit_terms_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cooperation_mode_change" ADD CONSTRAINT "cooperation_mode_change_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_contract_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "contract"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_counter_of_id_fkey" FOREIGN KEY ("counter_of_id") REFERENCES "shipment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_counter_of_id_fkey" FOREIGN KEY ("counter_of_id") REFERENCES "receipt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_receipt_id_fkey" FOREIGN KEY ("receipt_id") REFERENCES "receipt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_shipment_id_fkey" FOREIGN KEY ("shipment_id") REFERENCES "shipment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_contract_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "contract"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_guarantee_id_fkey" FOREIGN KEY ("guarantee_id") REFERENCES "guarantee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_requested_by_id_fkey" FOREIGN KEY ("requested_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_check" ADD CONSTRAINT "release_check_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_override" ADD CONSTRAINT "credit_override_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_override" ADD CONSTRAINT "credit_override_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_override" ADD CONSTRAINT "credit_override_signed_by_id_fkey" FOREIGN KEY ("signed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_guarantor_id_fkey" FOREIGN KEY ("guarantor_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repayment_plan" ADD CONSTRAINT "repayment_plan_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repayment_plan" ADD CONSTRAINT "repayment_plan_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "repayment_line" ADD CONSTRAINT "repayment_line_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "repayment_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_liability" ADD CONSTRAINT "credit_liability_override_id_fkey" FOREIGN KEY ("override_id") REFERENCES "credit_override"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_liability" ADD CONSTRAINT "credit_liability_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_liability" ADD CONSTRAINT "credit_liability_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.
ALTER TABLE "contract" ADD CONSTRAINT "contract_days" CHECK ("starts_on" <= "ends_on" AND "term_days" BETWEEN 0 AND 365 AND ("ended_on" IS NULL) = ("ended_reason" IS NULL));
ALTER TABLE "credit_terms" ADD CONSTRAINT "credit_terms_amount" CHECK (("method" = 'fixed') = ("amount" IS NOT NULL) AND ("amount" IS NULL OR "amount" > 0));
ALTER TABLE "credit_terms" ADD CONSTRAINT "credit_terms_days" CHECK ("ends_on" IS NULL OR "starts_on" <= "ends_on");
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_amount" CHECK (CASE WHEN "counter_of_id" IS NULL
  THEN "amount" > 0 AND "open" BETWEEN 0 AND "net" AND "net" <= "amount"
  ELSE "amount" < 0 AND "open" = 0 AND "net" = 0 AND "release_id" IS NULL END);
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_amount" CHECK (CASE WHEN "counter_of_id" IS NULL
  THEN "amount" > 0 AND "open" BETWEEN 0 AND "net" AND "net" <= "amount"
  ELSE "amount" < 0 AND "open" = 0 AND "net" = 0 AND "release_id" IS NULL END);
-- CRD-16: a counter-entry says why; so does what went out without a release.
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_reason" CHECK ("reason" IS NOT NULL OR ("counter_of_id" IS NULL AND NOT "unreleased"));
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_breach" CHECK (NOT "unreleased" OR "release_id" IS NULL);
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_reason" CHECK ("reason" IS NOT NULL OR "counter_of_id" IS NULL);
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_amount" CHECK ("amount" <> 0);
ALTER TABLE "ledger_month" ADD CONSTRAINT "ledger_month_month" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "credit_opening" ADD CONSTRAINT "credit_opening_one" CHECK ("id" = 1);
ALTER TABLE "release" ADD CONSTRAINT "release_money" CHECK ("amount" > 0 AND "short" >= 0 AND "cash" BETWEEN 0 AND "amount" AND "guaranteed" BETWEEN 0 AND "amount");
ALTER TABLE "release" ADD CONSTRAINT "release_states" CHECK (CASE "state"
  WHEN 'held' THEN "ground" IS NULL AND "shipped_at" IS NULL AND "cancelled_at" IS NULL
  WHEN 'released' THEN "ground" IS NOT NULL AND "released_at" IS NOT NULL AND "shipped_at" IS NULL AND "cancelled_at" IS NULL AND "holds" = '{}'
  WHEN 'shipped' THEN "ground" IS NOT NULL AND "released_at" IS NOT NULL AND "shipped_at" IS NOT NULL AND "shipped_by_id" IS NOT NULL
    AND "shipped_amount" > 0 AND "shipped_amount" <= "amount"
  ELSE "cancelled_at" IS NOT NULL AND "cancel_reason" IS NOT NULL AND "shipped_at" IS NULL END);
ALTER TABLE "release" ADD CONSTRAINT "release_guarantee" CHECK (("guarantee_id" IS NULL) = ("guaranteed" = 0));
ALTER TABLE "credit_override" ADD CONSTRAINT "credit_override_amount" CHECK ("amount" > 0 AND "unpaid" >= 0);
ALTER TABLE "credit_override" ADD CONSTRAINT "credit_override_signed" CHECK ("state" <> 'approved'
  OR ("signed_at" IS NOT NULL AND "signed_by_id" IS NOT NULL AND "month" IS NOT NULL AND "valid_on" IS NOT NULL));
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_amount" CHECK ("amount" > 0 AND "amount" <= "average_then");
ALTER TABLE "repayment_line" ADD CONSTRAINT "repayment_line_amount" CHECK ("amount" > 0);
ALTER TABLE "credit_liability" ADD CONSTRAINT "credit_liability_money" CHECK ("unpaid" > 0 AND "amount" >= 0 AND "share" BETWEEN 0 AND 100);

-- CRD-02, CRD-03, CRD-05: the figure reads these alone.
CREATE INDEX "shipment_window" ON "shipment" ("customer_id", "shipped_on", "net");
CREATE INDEX "shipment_open" ON "shipment" ("customer_id", "shipped_on", "id") INCLUDE ("open", "term_days") WHERE "open" > 0;
CREATE INDEX "receipt_open" ON "receipt" ("customer_id", "received_on", "id") INCLUDE ("open", "release_id") WHERE "open" > 0;
CREATE INDEX "release_open" ON "release" ("customer_id", "state") INCLUDE ("amount", "cash") WHERE "state" IN ('held', 'released');
-- CRD-13: the few that left without a release are found without reading the others.
CREATE INDEX "shipment_unreleased" ON "shipment" ("shipped_on" DESC, "id" DESC) WHERE "unreleased";
-- CRD-07, CRD-08: once per customer and calendar month, whoever signs at the same moment.
CREATE UNIQUE INDEX "credit_override_once" ON "credit_override" ("customer_id", "kind", "month") WHERE "state" = 'approved' AND "kind" <> 'overdue';
CREATE UNIQUE INDEX "credit_override_waiting" ON "credit_override" ("release_id", "kind") WHERE "state" = 'waiting';
-- CRD-10: what the month's end still has to settle.
CREATE INDEX "credit_override_unsettled" ON "credit_override" ("valid_on") WHERE "kind" = 'final' AND "state" = 'approved' AND "settled_at" IS NULL;
CREATE UNIQUE INDEX "credit_terms_waiting" ON "credit_terms" ("customer_id") WHERE "state" = 'waiting';
CREATE UNIQUE INDEX "cooperation_mode_waiting" ON "cooperation_mode_change" ("customer_id") WHERE "state" = 'waiting';

-- CRD-16, CRD-20: what a document says stays as it was written; the ledger keeps its own sums.
CREATE FUNCTION "keep_credit_line"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line of % stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION "enter_document"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  day date := CASE TG_TABLE_NAME WHEN 'shipment' THEN (to_jsonb(NEW)->>'shipped_on')::date ELSE (to_jsonb(NEW)->>'received_on')::date END;
BEGIN
  -- Whoever closes a month waits for this entry, and this entry for whoever is closing one.
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger month', 0));
  IF EXISTS (SELECT FROM "ledger_month" WHERE "month" = date_trunc('month', day)) THEN
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
CREATE TRIGGER "shipment_entered" BEFORE INSERT ON "shipment" FOR EACH ROW EXECUTE FUNCTION "enter_document"();
CREATE TRIGGER "receipt_entered" BEFORE INSERT ON "receipt" FOR EACH ROW EXECUTE FUNCTION "enter_document"();

CREATE FUNCTION "counter_shipment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "shipment" SET "net" = "net" + NEW."amount", "open" = "open" + NEW."amount"
    WHERE "id" = NEW."counter_of_id" AND "customer_id" = NEW."customer_id" AND "counter_of_id" IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'a counter-entry counters a document of the same customer' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "shipment_countered" AFTER INSERT ON "shipment" FOR EACH ROW WHEN (NEW."counter_of_id" IS NOT NULL)
  EXECUTE FUNCTION "counter_shipment"();
CREATE FUNCTION "counter_receipt"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "receipt" SET "net" = "net" + NEW."amount", "open" = "open" + NEW."amount"
    WHERE "id" = NEW."counter_of_id" AND "customer_id" = NEW."customer_id" AND "counter_of_id" IS NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'a counter-entry counters a document of the same customer' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "receipt_countered" AFTER INSERT ON "receipt" FOR EACH ROW WHEN (NEW."counter_of_id" IS NOT NULL)
  EXECUTE FUNCTION "counter_receipt"();

CREATE FUNCTION "allocate"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owing bigint;
  paying bigint;
BEGIN
  UPDATE "shipment" SET "open" = "open" - NEW."amount" WHERE "id" = NEW."shipment_id" RETURNING "customer_id" INTO owing;
  UPDATE "receipt" SET "open" = "open" - NEW."amount" WHERE "id" = NEW."receipt_id" RETURNING "customer_id" INTO paying;
  IF owing <> paying THEN RAISE EXCEPTION 'money pays the goods of its own customer' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "allocation_made" AFTER INSERT ON "allocation" FOR EACH ROW EXECUTE FUNCTION "allocate"();

-- The sums are the triggers' own to write; a receipt may be given to a release, and taken from it.
CREATE FUNCTION "keep_document"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own jsonb := to_jsonb(NEW) - '{release_id,by_hand}'::text[];
BEGIN
  IF pg_trigger_depth() > 1 THEN
    IF own - '{net,open}'::text[] = to_jsonb(OLD) - '{release_id,by_hand,net,open}'::text[] THEN RETURN NEW; END IF;
  ELSIF TG_TABLE_NAME = 'receipt' AND own = to_jsonb(OLD) - '{release_id,by_hand}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a document of the ledger stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "shipment_unchanged" BEFORE UPDATE ON "shipment" FOR EACH ROW EXECUTE FUNCTION "keep_document"();
CREATE TRIGGER "receipt_unchanged" BEFORE UPDATE ON "receipt" FOR EACH ROW EXECUTE FUNCTION "keep_document"();

CREATE TRIGGER "contract_kept" BEFORE DELETE ON "contract" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "credit_terms_kept" BEFORE DELETE ON "credit_terms" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "cooperation_mode_kept" BEFORE DELETE ON "cooperation_mode_change" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "shipment_kept" BEFORE DELETE ON "shipment" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "receipt_kept" BEFORE DELETE ON "receipt" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "allocation_kept" BEFORE UPDATE OR DELETE ON "allocation" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "ledger_month_kept" BEFORE UPDATE OR DELETE ON "ledger_month" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "credit_opening_kept" BEFORE UPDATE OR DELETE ON "credit_opening" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "release_kept" BEFORE DELETE ON "release" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "release_check_kept" BEFORE UPDATE OR DELETE ON "release_check" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "credit_override_kept" BEFORE DELETE ON "credit_override" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "guarantee_kept" BEFORE DELETE ON "guarantee" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "repayment_plan_kept" BEFORE DELETE ON "repayment_plan" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "repayment_line_kept" BEFORE UPDATE OR DELETE ON "repayment_line" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();
CREATE TRIGGER "credit_liability_kept" BEFORE UPDATE OR DELETE ON "credit_liability" FOR EACH ROW EXECUTE FUNCTION "keep_credit_line"();

-- CRD-13: what has been shipped or given up stays so.
CREATE FUNCTION "keep_ended_release"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{owner_id,department_id,region_id}'::text[] = to_jsonb(OLD) - '{owner_id,department_id,region_id}'::text[] THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an ended release stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "release_ended" BEFORE UPDATE ON "release" FOR EACH ROW WHEN (OLD."state" IN ('shipped', 'cancelled'))
  EXECUTE FUNCTION "keep_ended_release"();

-- Releases lie where their customer lies.
CREATE FUNCTION "place_releases"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "release" SET "owner_id" = NEW."owner_id", "department_id" = NEW."department_id", "region_id" = NEW."region_id"
    WHERE "customer_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_placed_releases" AFTER UPDATE OF "owner_id", "department_id", "region_id" ON "customer" FOR EACH ROW
  WHEN (OLD."owner_id" IS DISTINCT FROM NEW."owner_id" OR OLD."department_id" IS DISTINCT FROM NEW."department_id"
    OR OLD."region_id" IS DISTINCT FROM NEW."region_id")
  EXECUTE FUNCTION "place_releases"();
