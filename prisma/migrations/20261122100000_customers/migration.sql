-- CreateEnum
CREATE TYPE "customer_relation" AS ENUM ('business', 'cooperating');

-- CreateEnum
CREATE TYPE "cooperation" AS ENUM ('lawyer', 'financial_adviser', 'advertising', 'public_relations', 'bank', 'insurer', 'other');

-- CreateEnum
CREATE TYPE "customer_life" AS ENUM ('potential', 'signed', 'in_service', 'lapsed', 'lost', 'void');

-- CreateEnum
CREATE TYPE "customer_standing" AS ENUM ('provisional', 'confirmed');

-- CreateEnum
CREATE TYPE "customer_source" AS ENUM ('existing', 'walk_in', 'call_in', 'referral', 'visit', 'event', 'advertising', 'online', 'other');

-- CreateEnum
CREATE TYPE "collection_purpose" AS ENUM ('business', 'contract', 'service', 'care', 'cooperation', 'other');

-- CreateEnum
CREATE TYPE "address_use" AS ENUM ('office', 'service', 'delivery', 'billing', 'home', 'other');

-- CreateEnum
CREATE TYPE "birth_calendar" AS ENUM ('solar', 'lunar');

-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('parent', 'referrer', 'relative', 'driver', 'secretary', 'attached_guest');

-- AlterEnum
ALTER TYPE "import_outcome" ADD VALUE 'withdrawn';

-- AlterEnum
ALTER TYPE "import_state" ADD VALUE 'mapping';
ALTER TYPE "import_state" ADD VALUE 'failed';
ALTER TYPE "import_state" ADD VALUE 'undoing';
ALTER TYPE "import_state" ADD VALUE 'undone';

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "aliases" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "confirmed_by_id" BIGINT,
ADD COLUMN     "cooperation" "cooperation",
ADD COLUMN     "credit_note" TEXT,
ADD COLUMN     "details" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "district" TEXT,
ADD COLUMN     "division_code" TEXT,
ADD COLUMN     "email" TEXT,
ADD COLUMN     "life" "customer_life" NOT NULL DEFAULT 'potential',
ADD COLUMN     "more_phones" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "no_chinese_name" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "plates" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "purpose" "collection_purpose",
ADD COLUMN     "relation" "customer_relation" NOT NULL DEFAULT 'business',
ADD COLUMN     "remark" TEXT,
ADD COLUMN     "source" "customer_source",
ADD COLUMN     "source_note" TEXT,
ADD COLUMN     "standing" "customer_standing" NOT NULL DEFAULT 'provisional',
ADD COLUMN     "trade_note" TEXT,
ADD COLUMN     "website" TEXT,
ADD COLUMN     "wechat" TEXT,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "customer_import" ADD COLUMN     "failure" TEXT,
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "undone_at" TIMESTAMPTZ(3),
ADD COLUMN     "withdrawn" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "contact" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "post" TEXT,
    "phones" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "email" TEXT,
    "wechat" TEXT,
    "birth_calendar" "birth_calendar",
    "birth_year" INTEGER,
    "birth_month" INTEGER,
    "birth_day" INTEGER,
    "birth_leap" BOOLEAN NOT NULL DEFAULT false,
    "note" TEXT,
    "main" BOOLEAN NOT NULL DEFAULT false,
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "phone_digits" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_address" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "use" "address_use" NOT NULL,
    "province" TEXT,
    "city" TEXT,
    "district" TEXT,
    "division_code" TEXT,
    "address" TEXT NOT NULL,
    "note" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_address_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_link" (
    "id" BIGSERIAL NOT NULL,
    "kind" "link_kind" NOT NULL,
    "from_id" BIGINT NOT NULL,
    "to_id" BIGINT NOT NULL,
    "note" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form_draft" (
    "staff_id" BIGINT NOT NULL,
    "form" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "form_draft_pkey" PRIMARY KEY ("staff_id","form")
);

-- CreateTable
CREATE TABLE "import_mapping" (
    "header" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("header")
);

-- CreateIndex
CREATE INDEX "contact_customer_id_idx" ON "contact"("customer_id");

-- CreateIndex
CREATE INDEX "contact_grams_idx" ON "contact" USING GIN ("grams") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "contact_phone_digits_idx" ON "contact" USING GIN ("phone_digits" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "customer_address_customer_id_idx" ON "customer_address"("customer_id");

-- CreateIndex
CREATE INDEX "customer_link_from_id_idx" ON "customer_link"("from_id");

-- CreateIndex
CREATE INDEX "customer_link_to_id_idx" ON "customer_link"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_staff_id_name_key" ON "saved_view"("staff_id", "name");

-- CreateIndex
CREATE INDEX "form_draft_saved_at_idx" ON "form_draft"("saved_at");

-- CreateIndex
CREATE INDEX "customer_life_id_idx" ON "customer"("life", "id" DESC);

-- CreateIndex
CREATE INDEX "customer_province_id_idx" ON "customer"("province", "id" DESC);

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_confirmed_by_id_fkey" FOREIGN KEY ("confirmed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_address" ADD CONSTRAINT "customer_address_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_link" ADD CONSTRAINT "customer_link_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_link" ADD CONSTRAINT "customer_link_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A withdrawn customer keeps its row, but not its code (CUS-03).
DROP INDEX "customer_code_once";
CREATE UNIQUE INDEX "customer_code_once" ON "customer" ("code")
  WHERE "code_kind" IN ('uscc', 'resident_id') AND "withdrawn_at" IS NULL;

-- The list, newest first, and what waits to be confirmed: both stay small steps however much was withdrawn or confirmed.
-- What is asked of the few values beside the number is answered from the index: a row is thirty times as wide.
CREATE INDEX "customer_live" ON "customer" ("id" DESC)
  INCLUDE ("kind", "relation", "life", "standing", "source", "owner_id", "department_id", "region_id")
  WHERE "withdrawn_at" IS NULL;
CREATE INDEX "customer_provisional" ON "customer" ("id" DESC) WHERE "standing" = 'provisional' AND "withdrawn_at" IS NULL;

-- The list by the last change, what was recorded between two days, and who is in a city.
CREATE INDEX "customer_changed" ON "customer" ("updated_at" DESC, "id" DESC) WHERE "withdrawn_at" IS NULL;
CREATE INDEX "customer_recorded" ON "customer" ("created_at" DESC, "id" DESC) WHERE "withdrawn_at" IS NULL;
CREATE INDEX "customer_city" ON "customer" ("city", "id" DESC) WHERE "withdrawn_at" IS NULL;

-- CUS-05: confirmed means by whom and when.
ALTER TABLE "customer" ADD CONSTRAINT "customer_confirmed" CHECK (
  ("standing" = 'confirmed') = ("confirmed_at" IS NOT NULL AND "confirmed_by_id" IS NOT NULL));
ALTER TABLE "customer" ADD CONSTRAINT "customer_cooperation" CHECK (("relation" = 'cooperating') = ("cooperation" IS NOT NULL));

-- One main contact; a birthday has a month and a day, and a leap month is a lunar one.
CREATE UNIQUE INDEX "contact_main_once" ON "contact" ("customer_id") WHERE "main" AND "removed_at" IS NULL;
ALTER TABLE "contact" ADD CONSTRAINT "contact_birthday" CHECK (
  ("birth_calendar" IS NULL AND "birth_year" IS NULL AND "birth_month" IS NULL AND "birth_day" IS NULL AND NOT "birth_leap") OR
  ("birth_calendar" IS NOT NULL AND "birth_month" BETWEEN 1 AND 12 AND "birth_day" BETWEEN 1 AND 31 AND
    ("birth_calendar" = 'lunar' OR NOT "birth_leap")));

-- CUS-12: nobody is linked to himself, and a link stands once.
ALTER TABLE "customer_link" ADD CONSTRAINT "customer_link_two" CHECK ("from_id" <> "to_id");
CREATE UNIQUE INDEX "customer_link_once" ON "customer_link" ("from_id", "to_id", "kind") WHERE "removed_at" IS NULL;

-- Exports are numbered (CUS-15); gaps are harmless, a number is never given twice.
CREATE SEQUENCE "export_number";

-- POOL-01: whole telephone numbers, for finding whoever has one already.
CREATE INDEX "customer_phones" ON "customer" USING GIN (string_to_array("phone_digits", ' ')) WITH (fastupdate = off);

-- AUD-03: a customer's history without its openings, of which there may be thousands.
CREATE INDEX "audit_entry_history" ON "audit_entry" ("subject", "id" DESC) WHERE "action" <> 'customer.opened';
