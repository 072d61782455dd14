-- Search by three and more digits of a phone number; exclusion constraints over plain columns.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateEnum
CREATE TYPE "role" AS ENUM ('front_desk', 'sales', 'dept_head', 'area_manager', 'archivist', 'info_supervisor', 'cs_manager', 'finance', 'logistics', 'sales_director', 'general_manager', 'auditor', 'security_admin', 'system_admin');

-- CreateEnum
CREATE TYPE "grant_scope" AS ENUM ('company', 'department', 'region');

-- CreateEnum
CREATE TYPE "staff_state" AS ENUM ('active', 'disabled');

-- CreateEnum
CREATE TYPE "language" AS ENUM ('zh', 'en');

-- CreateEnum
CREATE TYPE "theme" AS ENUM ('light', 'dark');

-- CreateEnum
CREATE TYPE "trade" AS ENUM ('car_dealer', 'utility', 'hotel', 'mall', 'general');

-- CreateEnum
CREATE TYPE "audit_kind" AS ENUM ('change', 'read', 'access');

-- CreateEnum
CREATE TYPE "customer_kind" AS ENUM ('organisation', 'person');

-- CreateEnum
CREATE TYPE "code_kind" AS ENUM ('uscc', 'resident_id', 'organisation', 'registration');

-- CreateEnum
CREATE TYPE "import_state" AS ENUM ('waiting', 'running', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "import_outcome" AS ENUM ('imported', 'warned', 'duplicate', 'rejected');

-- CreateTable
CREATE TABLE "company" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "trade" "trade" NOT NULL,
    "set_up_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "department" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL,
    "phone" TEXT,
    "department_id" BIGINT,
    "password_hash" TEXT NOT NULL,
    "must_change_password" BOOLEAN NOT NULL DEFAULT true,
    "password_expires_at" TIMESTAMPTZ(3),
    "state" "staff_state" NOT NULL DEFAULT 'active',
    "language" "language" NOT NULL DEFAULT 'zh',
    "theme" "theme" NOT NULL DEFAULT 'light',
    "shortcuts" BOOLEAN NOT NULL DEFAULT true,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "role" "role" NOT NULL,
    "scope" "grant_scope" NOT NULL,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "granted_by_id" BIGINT,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_sessions" (
    "sid" VARCHAR NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMP(6) NOT NULL,

    CONSTRAINT "user_sessions_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "sign_in_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "sign_in_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "form_token" (
    "token" TEXT NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "location" TEXT,

    CONSTRAINT "form_token_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" "audit_kind" NOT NULL,
    "actor_id" BIGINT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "why" TEXT,
    "ip" TEXT,
    "request_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_counter" (
    "kind" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "number_counter_pkey" PRIMARY KEY ("kind","year")
);

-- CreateTable
CREATE TABLE "customer" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" "customer_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "core" TEXT NOT NULL,
    "pinyin" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    "grams" TEXT[],
    "search_text" TEXT NOT NULL,
    "code_kind" "code_kind",
    "code" TEXT,
    "phone" TEXT,
    "phone_digits" TEXT,
    "province" TEXT,
    "city" TEXT,
    "address" TEXT,
    "owner_id" BIGINT,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "import_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by_id" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_import" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "encoding" TEXT NOT NULL,
    "header" TEXT[],
    "mapping" JSONB NOT NULL,
    "state" "import_state" NOT NULL DEFAULT 'waiting',
    "total" INTEGER NOT NULL,
    "imported" INTEGER NOT NULL DEFAULT 0,
    "warned" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_import_row" (
    "import_id" BIGINT NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" TEXT[],
    "outcome" "import_outcome",
    "findings" JSONB,
    "customer_id" BIGINT,

    CONSTRAINT "customer_import_row_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateIndex
CREATE INDEX "department_parent_id_idx" ON "department"("parent_id");

-- CreateIndex
CREATE INDEX "region_parent_id_idx" ON "region"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_number_key" ON "staff"("number");

-- CreateIndex
CREATE INDEX "staff_department_id_idx" ON "staff"("department_id");

-- CreateIndex
CREATE INDEX "role_grant_staff_id_idx" ON "role_grant"("staff_id");

-- CreateIndex
CREATE INDEX "user_sessions_expire_idx" ON "user_sessions"("expire");

-- CreateIndex
CREATE INDEX "form_token_used_at_idx" ON "form_token"("used_at");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_idx" ON "audit_entry"("subject", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE UNIQUE INDEX "customer_number_key" ON "customer"("number");

-- CreateIndex
CREATE INDEX "customer_owner_id_id_idx" ON "customer"("owner_id", "id" DESC);

-- CreateIndex
CREATE INDEX "customer_department_id_id_idx" ON "customer"("department_id", "id" DESC);

-- CreateIndex
CREATE INDEX "customer_region_id_id_idx" ON "customer"("region_id", "id" DESC);

-- CreateIndex
CREATE INDEX "customer_pinyin_id_idx" ON "customer"("pinyin", "id");

-- CreateIndex
CREATE INDEX "customer_core_idx" ON "customer"("core");

-- CreateIndex
CREATE INDEX "customer_import_id_idx" ON "customer"("import_id");

-- CreateIndex
CREATE INDEX "customer_grams_idx" ON "customer" USING GIN ("grams") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "customer_phone_digits_idx" ON "customer" USING GIN ("phone_digits" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE UNIQUE INDEX "customer_import_number_key" ON "customer_import"("number");

-- CreateIndex
CREATE INDEX "customer_import_owner_id_idx" ON "customer_import"("owner_id");

-- AddForeignKey
ALTER TABLE "department" ADD CONSTRAINT "department_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region" ADD CONSTRAINT "region_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_granted_by_id_fkey" FOREIGN KEY ("granted_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "customer_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import" ADD CONSTRAINT "customer_import_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import" ADD CONSTRAINT "customer_import_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import" ADD CONSTRAINT "customer_import_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_import_row" ADD CONSTRAINT "customer_import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "customer_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One company.
ALTER TABLE "company" ADD CONSTRAINT "company_single" CHECK ("id" = 1);

-- Siblings carry different names; nothing is its own parent (longer circles are refused by the command under lock).
CREATE UNIQUE INDEX "department_sibling_name" ON "department" (coalesce("parent_id", 0), "name");
ALTER TABLE "department" ADD CONSTRAINT "department_not_own_parent" CHECK ("parent_id" <> "id");
CREATE UNIQUE INDEX "region_sibling_name" ON "region" (coalesce("parent_id", 0), "name");
ALTER TABLE "region" ADD CONSTRAINT "region_not_own_parent" CHECK ("parent_id" <> "id");

-- A grant names exactly the place its scope speaks of, once, and nobody grants to himself (PPL-02).
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_place" CHECK (
  ("scope" = 'company' AND "department_id" IS NULL AND "region_id" IS NULL) OR
  ("scope" = 'department' AND "department_id" IS NOT NULL AND "region_id" IS NULL) OR
  ("scope" = 'region' AND "department_id" IS NULL AND "region_id" IS NOT NULL));
CREATE UNIQUE INDEX "role_grant_once" ON "role_grant"
  ("staff_id", "role", coalesce("department_id", 0), coalesce("region_id", 0));
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_not_own" CHECK ("granted_by_id" <> "staff_id");

-- PPL-02: system_admin, security_admin and auditor exclude one another and every business role.
CREATE FUNCTION "role_class"("role") RETURNS smallint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
  $$ SELECT CASE $1 WHEN 'system_admin' THEN 1 WHEN 'security_admin' THEN 2 WHEN 'auditor' THEN 3 ELSE 0 END::smallint $$;
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_separation"
  EXCLUDE USING gist ("staff_id" WITH =, "role_class"("role") WITH <>);

-- All sessions of one person, for ending them.
CREATE INDEX "user_sessions_staff" ON "user_sessions" ((("sess" ->> 'staffId')));

-- A certified code belongs to one customer (CUS-03).
CREATE UNIQUE INDEX "customer_code_once" ON "customer" ("code") WHERE "code_kind" IN ('uscc', 'resident_id');
CREATE INDEX "customer_code" ON "customer" ("code") WHERE "code" IS NOT NULL;
CREATE INDEX "customer_import_row_waiting" ON "customer_import_row" ("import_id", "line") WHERE "outcome" IS NULL;
CREATE INDEX "customer_import_row_outcome" ON "customer_import_row" ("import_id", "outcome", "line");

-- AUD-02: the trail is append-only, whoever asks.
CREATE FUNCTION "audit_entry_append_only"() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'audit_entry is append-only (AUD-02)'; END $$;
CREATE TRIGGER "audit_entry_no_change" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_append_only"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_append_only"();

-- Copies of printed files are numbered (CUS-16); gaps are harmless, a number is never given twice.
CREATE SEQUENCE "copy_number";
