-- CreateEnum
CREATE TYPE "approval_state" AS ENUM ('waiting', 'approved', 'returned', 'refused', 'withdrawn', 'expired', 'void');

-- CreateEnum
CREATE TYPE "step_state" AS ENUM ('waiting', 'open', 'approved', 'returned', 'refused', 'skipped');

-- CreateEnum
CREATE TYPE "handover_state" AS ENUM ('open', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "alert_kind" AS ENUM ('mass_opening', 'mass_search', 'refusals', 'new_device', 'trail_broken', 'backup_failed');

-- AlterEnum
ALTER TYPE "staff_state" ADD VALUE 'suspended';

-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "password_set_at" TIMESTAMPTZ(3),
ADD COLUMN     "totp_confirmed_at" TIMESTAMPTZ(3),
ADD COLUMN     "totp_next" TEXT,
ADD COLUMN     "totp_secret" TEXT,
ADD COLUMN     "totp_step" BIGINT;

-- CreateTable
CREATE TABLE "approval_request" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "customer_id" BIGINT,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "state" "approval_state" NOT NULL DEFAULT 'waiting',
    "asked" JSONB NOT NULL DEFAULT '[]',
    "payload" JSONB NOT NULL DEFAULT '{}',
    "amount" DECIMAL(14,2),
    "basis" TEXT NOT NULL,
    "reason" TEXT,
    "filed_by_id" BIGINT NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "follows_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "approval_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_step" (
    "id" BIGSERIAL NOT NULL,
    "request_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "role" "role",
    "senior_role" "role",
    "instead_of" "role",
    "staff_id" BIGINT,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "added_by_id" BIGINT,
    "question" TEXT,
    "filed_by_id" BIGINT NOT NULL,
    "excluded" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "state" "step_state" NOT NULL DEFAULT 'waiting',
    "opened_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" BIGINT,
    "for_id" BIGINT,
    "reason" TEXT,

    CONSTRAINT "approval_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation" (
    "id" BIGSERIAL NOT NULL,
    "from_id" BIGINT NOT NULL,
    "to_id" BIGINT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delegation_kind" (
    "delegation_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "from_id" BIGINT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delegation_kind_pkey" PRIMARY KEY ("delegation_id","kind")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "leaver_id" BIGINT NOT NULL,
    "state" "handover_state" NOT NULL DEFAULT 'open',
    "started_by_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "leaves_on" DATE,
    "papers_at" TIMESTAMPTZ(3),
    "papers_by_id" BIGINT,
    "papers_note" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_line" (
    "id" BIGSERIAL NOT NULL,
    "handover_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "to_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "staff_device" (
    "staff_id" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_device_pkey" PRIMARY KEY ("staff_id","hash")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" BIGSERIAL NOT NULL,
    "kind" "alert_kind" NOT NULL,
    "staff_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "once" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "seen_at" TIMESTAMPTZ(3),
    "seen_by_id" BIGINT,
    "note" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" BIGSERIAL NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "stored_at" TIMESTAMPTZ(3) NOT NULL,
    "stored_by_id" BIGINT NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT,
    "removed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachment_version" (
    "attachment_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "file_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "attachment_version_pkey" PRIMARY KEY ("attachment_id","n")
);

-- CreateIndex
CREATE UNIQUE INDEX "approval_request_number_key" ON "approval_request"("number");

-- CreateIndex
CREATE INDEX "approval_request_filed_by_id_id_idx" ON "approval_request"("filed_by_id", "id" DESC);

-- CreateIndex
CREATE INDEX "approval_request_subject_idx" ON "approval_request"("subject");

-- CreateIndex
CREATE INDEX "approval_request_customer_id_idx" ON "approval_request"("customer_id");

-- CreateIndex
CREATE INDEX "approval_request_follows_id_idx" ON "approval_request"("follows_id");

-- CreateIndex
CREATE INDEX "approval_request_filed_at_id_idx" ON "approval_request"("filed_at", "id");

-- CreateIndex
CREATE INDEX "approval_request_kind_filed_at_id_idx" ON "approval_request"("kind", "filed_at", "id");

-- CreateIndex
CREATE INDEX "approval_step_decided_by_id_id_idx" ON "approval_step"("decided_by_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "approval_step_request_id_n_key" ON "approval_step"("request_id", "n");

-- CreateIndex
CREATE INDEX "delegation_to_id_idx" ON "delegation"("to_id");

-- CreateIndex
CREATE INDEX "delegation_from_id_idx" ON "delegation"("from_id");

-- CreateIndex
CREATE UNIQUE INDEX "handover_number_key" ON "handover"("number");

-- CreateIndex
CREATE INDEX "handover_leaver_id_idx" ON "handover"("leaver_id");

-- CreateIndex
CREATE UNIQUE INDEX "handover_line_handover_id_subject_key" ON "handover_line"("handover_id", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_staff_id_hash_key" ON "recovery_code"("staff_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "staff_identity_staff_id_issuer_key" ON "staff_identity"("staff_id", "issuer");

-- CreateIndex
CREATE INDEX "alert_at_idx" ON "alert"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "alert_kind_once_key" ON "alert"("kind", "once");

-- CreateIndex
CREATE UNIQUE INDEX "stored_file_sha256_key" ON "stored_file"("sha256");

-- CreateIndex
CREATE INDEX "attachment_customer_id_idx" ON "attachment"("customer_id");

-- CreateIndex
CREATE INDEX "attachment_version_file_id_idx" ON "attachment_version"("file_id");

-- AddForeignKey
ALTER TABLE "approval_request" ADD CONSTRAINT "approval_request_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_request" ADD CONSTRAINT "approval_request_filed_by_id_fkey" FOREIGN KEY ("filed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_request" ADD CONSTRAINT "approval_request_follows_id_fkey" FOREIGN KEY ("follows_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_for_id_fkey" FOREIGN KEY ("for_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delegation_kind" ADD CONSTRAINT "delegation_kind_delegation_id_fkey" FOREIGN KEY ("delegation_id") REFERENCES "delegation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_leaver_id_fkey" FOREIGN KEY ("leaver_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_started_by_id_fkey" FOREIGN KEY ("started_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_papers_by_id_fkey" FOREIGN KEY ("papers_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_line" ADD CONSTRAINT "handover_line_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_identity" ADD CONSTRAINT "staff_identity_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_device" ADD CONSTRAINT "staff_device_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert" ADD CONSTRAINT "alert_seen_by_id_fkey" FOREIGN KEY ("seen_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_stored_by_id_fkey" FOREIGN KEY ("stored_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_version" ADD CONSTRAINT "attachment_version_attachment_id_fkey" FOREIGN KEY ("attachment_id") REFERENCES "attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment_version" ADD CONSTRAINT "attachment_version_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- APR-01: one request of a kind about an object waits at a time.
CREATE UNIQUE INDEX "approval_request_waiting_once" ON "approval_request" ("kind", "subject") WHERE "state" = 'waiting';
CREATE INDEX "approval_request_expiring" ON "approval_request" ("expires_at") WHERE "state" = 'waiting';
-- The inbox: only what is open, however much was decided before.
CREATE INDEX "approval_step_open" ON "approval_step" ("kind", "opened_at", "id") WHERE "state" = 'open';
CREATE INDEX "approval_step_open_role" ON "approval_step" ("role", "kind", "id") WHERE "state" = 'open';
CREATE INDEX "approval_step_open_senior" ON "approval_step" ("senior_role") WHERE "state" = 'open' AND "senior_role" IS NOT NULL;
CREATE INDEX "approval_step_open_staff" ON "approval_step" ("staff_id") WHERE "state" = 'open' AND "staff_id" IS NOT NULL;
CREATE INDEX "approval_step_for" ON "approval_step" ("for_id") WHERE "for_id" IS NOT NULL;
-- The register: among a million approved ones the few that were not are found at once.
CREATE INDEX "approval_request_unusual" ON "approval_request" ("state", "filed_at", "id") WHERE "state" <> 'approved';
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_signer" CHECK (("role" IS NULL) <> ("staff_id" IS NULL));
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_decided" CHECK (
  ("state" IN ('approved', 'returned', 'refused')) = ("decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL));
-- PPL-02, APR-01: nobody decides what they filed themselves, nor for themselves; sending back and refusing say why.
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_not_own" CHECK (
  "decided_by_id" IS DISTINCT FROM "filed_by_id" AND "for_id" IS DISTINCT FROM "filed_by_id"
  AND ("decided_by_id" IS NULL OR "decided_by_id" <> ALL ("excluded")) AND ("for_id" IS NULL OR "for_id" <> ALL ("excluded")));
ALTER TABLE "approval_step" ADD CONSTRAINT "approval_step_reason" CHECK (
  "state" NOT IN ('returned', 'refused') OR coalesce("reason", '') <> '');

-- APR-02: what was decided stays as it was decided, and no request disappears.
CREATE FUNCTION "keep_decided_step"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."state" IN ('approved', 'returned', 'refused', 'skipped') THEN
    RAISE EXCEPTION 'a decided step of an approval stays as it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approval_step_kept" BEFORE UPDATE OR DELETE ON "approval_step"
  FOR EACH ROW EXECUTE FUNCTION "keep_decided_step"();
CREATE FUNCTION "keep_ended_request"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD."state" <> 'waiting' THEN
    RAISE EXCEPTION 'an ended request for approval stays as it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "approval_request_kept" BEFORE UPDATE OR DELETE ON "approval_request"
  FOR EACH ROW EXECUTE FUNCTION "keep_ended_request"();

-- APR-04: no two delegations of one person overlap in a kind.
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_other" CHECK ("from_id" <> "to_id");
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_period" CHECK ("starts_at" <= "ends_at");
ALTER TABLE "delegation_kind" ADD CONSTRAINT "delegation_once" EXCLUDE USING gist (
  "from_id" WITH =, "kind" WITH =, tstzrange("starts_at", "ends_at") WITH &&);

-- ACC-02: a leaver has one handover under way.
CREATE UNIQUE INDEX "handover_open_once" ON "handover" ("leaver_id") WHERE "state" = 'open';
ALTER TABLE "handover" ADD CONSTRAINT "handover_papers" CHECK ("state" <> 'done' OR "papers_at" IS NOT NULL);

ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_sha256_form" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
ALTER TABLE "stored_file" ADD CONSTRAINT "stored_file_bytes_form" CHECK ("bytes" > 0);
