-- CreateEnum
CREATE TYPE "secrecy_level" AS ENUM ('internal', 'secret', 'confidential', 'top_secret');

-- CreateEnum
CREATE TYPE "item_medium" AS ENUM ('paper', 'electronic');

-- CreateEnum
CREATE TYPE "item_type" AS ENUM ('contract', 'agreement', 'identity', 'licence', 'application', 'form', 'letter', 'report', 'approval_paper', 'receipt', 'certificate', 'photo', 'other');

-- CreateEnum
CREATE TYPE "item_state" AS ENUM ('in_place', 'missing', 'under_disposal', 'disposed', 'given_back');

-- CreateEnum
CREATE TYPE "item_ink" AS ENUM ('carbon', 'blue_black', 'printed', 'ballpoint', 'pencil');

-- CreateEnum
CREATE TYPE "retention" AS ENUM ('permanent', 'years30', 'years10');

-- CreateEnum
CREATE TYPE "file_kind" AS ENUM ('general', 'loan', 'mall');

-- CreateEnum
CREATE TYPE "file_part" AS ENUM ('general', 'approval', 'contracts', 'investigation', 'customer_papers', 'leases', 'entry_exit', 'fit_out', 'marketing', 'identity', 'notices', 'letters');

-- CreateEnum
CREATE TYPE "application_state" AS ENUM ('waiting', 'approved', 'returned', 'refused', 'withdrawn', 'ended');

-- CreateEnum
CREATE TYPE "archive_purpose" AS ENUM ('complaint', 'service', 'contract', 'audit', 'legal', 'customer_request', 'other');

-- CreateEnum
CREATE TYPE "reading_way" AS ENUM ('page', 'preview', 'download', 'print', 'desk', 'refused');

-- CreateEnum
CREATE TYPE "transfer_state" AS ENUM ('listing', 'handed', 'checked', 'taken', 'cancelled');

-- CreateEnum
CREATE TYPE "copy_way" AS ENUM ('photocopy', 'excerpt', 'print', 'download');

-- CreateEnum
CREATE TYPE "copy_state" AS ENUM ('out', 'returned', 'destroyed', 'lost');

-- CreateEnum
CREATE TYPE "movement_kind" AS ENUM ('receive', 'send', 'pass_on', 'carry_out');

-- CreateEnum
CREATE TYPE "protective_measure" AS ENUM ('sealed_cover', 'encryption', 'escort');

-- CreateEnum
CREATE TYPE "legal_basis" AS ENUM ('consent', 'contract', 'legal_duty', 'public_authority');

-- CreateEnum
CREATE TYPE "disclosure_way" AS ENUM ('in_person', 'sealed_mail', 'encrypted_file');

-- CreateEnum
CREATE TYPE "agreement_party" AS ENUM ('staff', 'partner');

-- CreateEnum
CREATE TYPE "incident_kind" AS ENUM ('leak', 'loss', 'damage', 'difference', 'overreach', 'other');

-- CreateTable
CREATE TABLE "archive_room" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "separate" BOOLEAN NOT NULL DEFAULT false,
    "keeper_id" BIGINT,
    "note" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "archive_room_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "archive_place" (
    "id" BIGSERIAL NOT NULL,
    "room_id" BIGINT NOT NULL,
    "cabinet" INTEGER NOT NULL,
    "shelf" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "archive_place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_file" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "kind" "file_kind" NOT NULL DEFAULT 'general',
    "keeper_id" BIGINT NOT NULL,
    "secrecy" "secrecy_level" NOT NULL DEFAULT 'internal',
    "retention" "retention" NOT NULL DEFAULT 'years10',
    "last_item" INTEGER NOT NULL DEFAULT 0,
    "remark" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customer_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volume" (
    "id" BIGSERIAL NOT NULL,
    "file_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "part" "file_part" NOT NULL DEFAULT 'general',
    "started_on" DATE,
    "ended_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "volume_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "archive_item" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "file_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "volume_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "type" "item_type" NOT NULL DEFAULT 'other',
    "dated_on" DATE,
    "pages" INTEGER NOT NULL DEFAULT 1,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "medium" "item_medium" NOT NULL DEFAULT 'paper',
    "durable" BOOLEAN NOT NULL DEFAULT true,
    "ink" "item_ink",
    "place_id" BIGINT,
    "secrecy" "secrecy_level" NOT NULL DEFAULT 'internal',
    "secrecy_until" DATE,
    "retention" "retention" NOT NULL DEFAULT 'years10',
    "retain_until" DATE,
    "state" "item_state" NOT NULL DEFAULT 'in_place',
    "keeper_id" BIGINT,
    "important" BOOLEAN NOT NULL DEFAULT false,
    "remark" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" BIGINT NOT NULL,

    CONSTRAINT "archive_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_version" (
    "item_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "file_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "item_version_pkey" PRIMARY KEY ("item_id","n")
);

-- CreateTable
CREATE TABLE "item_reading" (
    "id" BIGSERIAL NOT NULL,
    "item_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "way" "reading_way" NOT NULL,
    "n" INTEGER,
    "viewing_id" BIGINT,
    "visitor" TEXT,

    CONSTRAINT "item_reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "viewing" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "applicant_id" BIGINT NOT NULL,
    "state" "application_state" NOT NULL DEFAULT 'waiting',
    "purpose" "archive_purpose" NOT NULL,
    "reason" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "emergency" BOOLEAN NOT NULL DEFAULT false,
    "visitor_name" TEXT,
    "visitor_unit" TEXT,
    "visitor_paper" TEXT,
    "visitor_paper_no" TEXT,
    "letter_file_id" BIGINT,
    "letter_name" TEXT,
    "seal_file_id" BIGINT,
    "seal_name" TEXT,
    "request_id" BIGINT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by_id" BIGINT,
    "review_note" TEXT,
    "justified" BOOLEAN,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "viewing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "viewing_item" (
    "viewing_id" BIGINT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "secrecy" "secrecy_level" NOT NULL,

    CONSTRAINT "viewing_item_pkey" PRIMARY KEY ("viewing_id","item_id")
);

-- CreateTable
CREATE TABLE "loan_application" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "applicant_id" BIGINT NOT NULL,
    "state" "application_state" NOT NULL DEFAULT 'waiting',
    "purpose" "archive_purpose" NOT NULL,
    "reason" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "exceptional" BOOLEAN NOT NULL DEFAULT false,
    "seal_file_id" BIGINT,
    "seal_name" TEXT,
    "request_id" BIGINT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "loan_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_application_item" (
    "application_id" BIGINT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "loan_application_item_pkey" PRIMARY KEY ("application_id","item_id")
);

-- CreateTable
CREATE TABLE "loan" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "application_id" BIGINT NOT NULL,
    "borrower_id" BIGINT NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "pages" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "exceptional" BOOLEAN NOT NULL DEFAULT false,
    "condition" TEXT,
    "lent_at" TIMESTAMPTZ(3) NOT NULL,
    "lent_by_id" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),
    "brought_by_id" BIGINT,
    "taken_by_id" BIGINT,
    "pages_back" INTEGER,
    "condition_back" TEXT,
    "difference" TEXT,
    "urged_at" TIMESTAMPTZ(3),
    "urges" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "loan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "copy_permit" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "applicant_id" BIGINT NOT NULL,
    "state" "application_state" NOT NULL DEFAULT 'waiting',
    "way" "copy_way" NOT NULL,
    "purpose" "archive_purpose" NOT NULL,
    "reason" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "request_id" BIGINT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "copy_permit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "copy_permit_item" (
    "permit_id" BIGINT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "secrecy" "secrecy_level" NOT NULL,

    CONSTRAINT "copy_permit_item_pkey" PRIMARY KEY ("permit_id","item_id")
);

-- CreateTable
CREATE TABLE "numbered_copy" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "permit_id" BIGINT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "version_n" INTEGER,
    "sha256" TEXT,
    "pages" INTEGER NOT NULL,
    "holder" TEXT NOT NULL,
    "state" "copy_state" NOT NULL DEFAULT 'out',
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by_id" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" BIGINT,
    "witness_id" BIGINT,
    "end_note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "numbered_copy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "designated_person" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "reason" TEXT NOT NULL,
    "named_by_id" BIGINT NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "designated_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "movement" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" "movement_kind" NOT NULL,
    "item_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "loan_id" BIGINT,
    "copy_id" BIGINT,
    "from_whom" TEXT NOT NULL,
    "to_whom" TEXT NOT NULL,
    "carrier_id" BIGINT NOT NULL,
    "measure" "protective_measure" NOT NULL,
    "note" TEXT,
    "out_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "back_at" TIMESTAMPTZ(3),
    "recorded_by_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agreement" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "party" "agreement_party" NOT NULL,
    "staff_id" BIGINT,
    "partner" TEXT,
    "scope" TEXT NOT NULL,
    "duties" TEXT NOT NULL,
    "liability" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "from_on" DATE NOT NULL,
    "until_on" DATE,
    "file_id" BIGINT,
    "file_name" TEXT,
    "recorded_by_id" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "applicant_id" BIGINT NOT NULL,
    "state" "application_state" NOT NULL DEFAULT 'waiting',
    "recipient" TEXT NOT NULL,
    "agreement_id" BIGINT NOT NULL,
    "purpose" TEXT NOT NULL,
    "basis" "legal_basis" NOT NULL,
    "fields" TEXT[],
    "from_on" DATE NOT NULL,
    "until_on" DATE NOT NULL,
    "way" "disclosure_way" NOT NULL,
    "request_id" BIGINT,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "packed_at" TIMESTAMPTZ(3),
    "packed_by_id" BIGINT,
    "package_sha" TEXT,
    "package_file_id" BIGINT,
    "handed_at" TIMESTAMPTZ(3),
    "handed_to" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "disclosure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure_item" (
    "disclosure_id" BIGINT NOT NULL,
    "item_id" BIGINT NOT NULL,

    CONSTRAINT "disclosure_item_pkey" PRIMARY KEY ("disclosure_id","item_id")
);

-- CreateTable
CREATE TABLE "acknowledgement" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "acknowledgement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "kind" "incident_kind" NOT NULL,
    "happened_at" TIMESTAMPTZ(3),
    "what" TEXT NOT NULL,
    "done_at_once" TEXT,
    "customer_id" BIGINT,
    "item_id" BIGINT,
    "loan_id" BIGINT,
    "reported_by_id" BIGINT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfer" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "file_id" BIGINT,
    "file_kind" "file_kind" NOT NULL DEFAULT 'general',
    "title" TEXT NOT NULL,
    "ended_on" DATE NOT NULL,
    "state" "transfer_state" NOT NULL DEFAULT 'listing',
    "officer_id" BIGINT NOT NULL,
    "checker_id" BIGINT NOT NULL,
    "archivist_id" BIGINT NOT NULL,
    "handed_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "taken_at" TIMESTAMPTZ(3),
    "late_reason" TEXT,
    "late_approved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "back_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfer_item" (
    "id" BIGSERIAL NOT NULL,
    "transfer_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "type" "item_type" NOT NULL DEFAULT 'other',
    "part" "file_part" NOT NULL DEFAULT 'general',
    "dated_on" DATE,
    "pages" INTEGER NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "secrecy" "secrecy_level" NOT NULL DEFAULT 'internal',
    "durable" BOOLEAN NOT NULL DEFAULT true,
    "ink" "item_ink",
    "attachment" BOOLEAN NOT NULL DEFAULT false,
    "certificate" BOOLEAN NOT NULL DEFAULT false,
    "cert_kind" TEXT,
    "cert_number" TEXT,
    "cert_owner" TEXT,
    "checked_pages" INTEGER,
    "taken_pages" INTEGER,
    "checked_copies" INTEGER,
    "taken_copies" INTEGER,
    "item_id" BIGINT,

    CONSTRAINT "transfer_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supplement" (
    "id" BIGSERIAL NOT NULL,
    "transfer_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "due_on" DATE NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_note" TEXT,
    "follow_why" TEXT,

    CONSTRAINT "supplement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "item_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "cert_number" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "given_back_at" TIMESTAMPTZ(3),
    "given_back_to" TEXT,
    "given_back_by_id" BIGINT,
    "witness_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_count" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,
    "witness_id" BIGINT NOT NULL,
    "note" TEXT,

    CONSTRAINT "certificate_count_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "certificate_counted" (
    "count_id" BIGINT NOT NULL,
    "certificate_id" BIGINT NOT NULL,
    "expected" INTEGER NOT NULL,
    "counted" INTEGER NOT NULL,
    "why" TEXT,

    CONSTRAINT "certificate_counted_pkey" PRIMARY KEY ("count_id","certificate_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "archive_room_name_key" ON "archive_room"("name");

-- CreateIndex
CREATE UNIQUE INDEX "archive_place_room_id_cabinet_shelf_position_key" ON "archive_place"("room_id", "cabinet", "shelf", "position");

-- CreateIndex
CREATE UNIQUE INDEX "customer_file_number_key" ON "customer_file"("number");

-- CreateIndex
CREATE UNIQUE INDEX "customer_file_customer_id_key" ON "customer_file"("customer_id");

-- CreateIndex
CREATE INDEX "customer_file_keeper_id_idx" ON "customer_file"("keeper_id");

-- CreateIndex
CREATE UNIQUE INDEX "volume_file_id_n_key" ON "volume"("file_id", "n");

-- CreateIndex
CREATE UNIQUE INDEX "archive_item_number_key" ON "archive_item"("number");

-- CreateIndex
CREATE INDEX "archive_item_customer_id_id_idx" ON "archive_item"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "archive_item_volume_id_idx" ON "archive_item"("volume_id");

-- CreateIndex
CREATE INDEX "archive_item_place_id_idx" ON "archive_item"("place_id");

-- CreateIndex
CREATE INDEX "archive_item_keeper_id_idx" ON "archive_item"("keeper_id");

-- CreateIndex
CREATE INDEX "archive_item_secrecy_id_idx" ON "archive_item"("secrecy", "id" DESC);

-- CreateIndex
CREATE INDEX "archive_item_type_id_idx" ON "archive_item"("type", "id" DESC);

-- CreateIndex
CREATE INDEX "archive_item_dated_on_id_idx" ON "archive_item"("dated_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "archive_item_grams_idx" ON "archive_item" USING GIN ("grams") WITH (fastupdate = off);

-- CreateIndex
CREATE UNIQUE INDEX "archive_item_file_id_n_key" ON "archive_item"("file_id", "n");

-- CreateIndex
CREATE INDEX "item_version_file_id_idx" ON "item_version"("file_id");

-- CreateIndex
CREATE INDEX "item_reading_item_id_id_idx" ON "item_reading"("item_id", "id" DESC);

-- CreateIndex
CREATE INDEX "item_reading_customer_id_id_idx" ON "item_reading"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "item_reading_staff_id_id_idx" ON "item_reading"("staff_id", "id" DESC);

-- CreateIndex
CREATE INDEX "item_reading_viewing_id_idx" ON "item_reading"("viewing_id");

-- CreateIndex
CREATE INDEX "item_reading_at_idx" ON "item_reading"("at");

-- CreateIndex
CREATE UNIQUE INDEX "viewing_number_key" ON "viewing"("number");

-- CreateIndex
CREATE UNIQUE INDEX "viewing_request_id_key" ON "viewing"("request_id");

-- CreateIndex
CREATE INDEX "viewing_applicant_id_id_idx" ON "viewing"("applicant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "viewing_customer_id_idx" ON "viewing"("customer_id");

-- CreateIndex
CREATE INDEX "viewing_item_item_id_idx" ON "viewing_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_application_number_key" ON "loan_application"("number");

-- CreateIndex
CREATE UNIQUE INDEX "loan_application_request_id_key" ON "loan_application"("request_id");

-- CreateIndex
CREATE INDEX "loan_application_applicant_id_id_idx" ON "loan_application"("applicant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "loan_application_customer_id_idx" ON "loan_application"("customer_id");

-- CreateIndex
CREATE INDEX "loan_application_item_item_id_idx" ON "loan_application_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_number_key" ON "loan"("number");

-- CreateIndex
CREATE INDEX "loan_item_id_id_idx" ON "loan"("item_id", "id" DESC);

-- CreateIndex
CREATE INDEX "loan_borrower_id_id_idx" ON "loan"("borrower_id", "id" DESC);

-- CreateIndex
CREATE INDEX "loan_customer_id_idx" ON "loan"("customer_id");

-- CreateIndex
CREATE INDEX "loan_application_id_idx" ON "loan"("application_id");

-- CreateIndex
CREATE INDEX "loan_lent_at_id_idx" ON "loan"("lent_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "copy_permit_number_key" ON "copy_permit"("number");

-- CreateIndex
CREATE UNIQUE INDEX "copy_permit_request_id_key" ON "copy_permit"("request_id");

-- CreateIndex
CREATE INDEX "copy_permit_applicant_id_id_idx" ON "copy_permit"("applicant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "copy_permit_customer_id_idx" ON "copy_permit"("customer_id");

-- CreateIndex
CREATE INDEX "copy_permit_item_item_id_idx" ON "copy_permit_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "numbered_copy_number_key" ON "numbered_copy"("number");

-- CreateIndex
CREATE INDEX "numbered_copy_permit_id_idx" ON "numbered_copy"("permit_id");

-- CreateIndex
CREATE INDEX "numbered_copy_item_id_idx" ON "numbered_copy"("item_id");

-- CreateIndex
CREATE INDEX "numbered_copy_customer_id_idx" ON "numbered_copy"("customer_id");

-- CreateIndex
CREATE INDEX "numbered_copy_made_at_id_idx" ON "numbered_copy"("made_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "designated_person_staff_id_idx" ON "designated_person"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "movement_number_key" ON "movement"("number");

-- CreateIndex
CREATE INDEX "movement_item_id_idx" ON "movement"("item_id");

-- CreateIndex
CREATE INDEX "movement_copy_id_idx" ON "movement"("copy_id");

-- CreateIndex
CREATE INDEX "movement_loan_id_idx" ON "movement"("loan_id");

-- CreateIndex
CREATE INDEX "movement_out_at_id_idx" ON "movement"("out_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "agreement_number_key" ON "agreement"("number");

-- CreateIndex
CREATE INDEX "agreement_staff_id_idx" ON "agreement"("staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "disclosure_number_key" ON "disclosure"("number");

-- CreateIndex
CREATE UNIQUE INDEX "disclosure_request_id_key" ON "disclosure"("request_id");

-- CreateIndex
CREATE INDEX "disclosure_applicant_id_id_idx" ON "disclosure"("applicant_id", "id" DESC);

-- CreateIndex
CREATE INDEX "disclosure_customer_id_idx" ON "disclosure"("customer_id");

-- CreateIndex
CREATE INDEX "disclosure_agreement_id_idx" ON "disclosure"("agreement_id");

-- CreateIndex
CREATE INDEX "disclosure_item_item_id_idx" ON "disclosure_item"("item_id");

-- CreateIndex
CREATE INDEX "acknowledgement_staff_id_until_at_idx" ON "acknowledgement"("staff_id", "until_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "incident_number_key" ON "incident"("number");

-- CreateIndex
CREATE INDEX "incident_reported_at_id_idx" ON "incident"("reported_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "incident_item_id_idx" ON "incident"("item_id");

-- CreateIndex
CREATE INDEX "incident_customer_id_idx" ON "incident"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_number_key" ON "transfer"("number");

-- CreateIndex
CREATE INDEX "transfer_customer_id_idx" ON "transfer"("customer_id");

-- CreateIndex
CREATE INDEX "transfer_officer_id_idx" ON "transfer"("officer_id");

-- CreateIndex
CREATE INDEX "transfer_checker_id_idx" ON "transfer"("checker_id");

-- CreateIndex
CREATE INDEX "transfer_archivist_id_idx" ON "transfer"("archivist_id");

-- CreateIndex
CREATE INDEX "transfer_item_item_id_idx" ON "transfer_item"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_item_transfer_id_n_key" ON "transfer_item"("transfer_id", "n");

-- CreateIndex
CREATE UNIQUE INDEX "supplement_transfer_id_n_key" ON "supplement"("transfer_id", "n");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_number_key" ON "certificate"("number");

-- CreateIndex
CREATE UNIQUE INDEX "certificate_item_id_key" ON "certificate"("item_id");

-- CreateIndex
CREATE INDEX "certificate_received_at_id_idx" ON "certificate"("received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "certificate_count_at_id_idx" ON "certificate_count"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "certificate_counted_certificate_id_idx" ON "certificate_counted"("certificate_id");

-- AddForeignKey
ALTER TABLE "archive_room" ADD CONSTRAINT "archive_room_keeper_id_fkey" FOREIGN KEY ("keeper_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_place" ADD CONSTRAINT "archive_place_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "archive_room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_file" ADD CONSTRAINT "customer_file_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_file" ADD CONSTRAINT "customer_file_keeper_id_fkey" FOREIGN KEY ("keeper_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volume" ADD CONSTRAINT "volume_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "customer_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "customer_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_volume_id_fkey" FOREIGN KEY ("volume_id") REFERENCES "volume"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "archive_place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_keeper_id_fkey" FOREIGN KEY ("keeper_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_version" ADD CONSTRAINT "item_version_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_reading" ADD CONSTRAINT "item_reading_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_reading" ADD CONSTRAINT "item_reading_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_reading" ADD CONSTRAINT "item_reading_viewing_id_fkey" FOREIGN KEY ("viewing_id") REFERENCES "viewing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_applicant_id_fkey" FOREIGN KEY ("applicant_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_letter_file_id_fkey" FOREIGN KEY ("letter_file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_seal_file_id_fkey" FOREIGN KEY ("seal_file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_reviewed_by_id_fkey" FOREIGN KEY ("reviewed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing_item" ADD CONSTRAINT "viewing_item_viewing_id_fkey" FOREIGN KEY ("viewing_id") REFERENCES "viewing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "viewing_item" ADD CONSTRAINT "viewing_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_applicant_id_fkey" FOREIGN KEY ("applicant_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_seal_file_id_fkey" FOREIGN KEY ("seal_file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application_item" ADD CONSTRAINT "loan_application_item_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "loan_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application_item" ADD CONSTRAINT "loan_application_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "loan_application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_borrower_id_fkey" FOREIGN KEY ("borrower_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_lent_by_id_fkey" FOREIGN KEY ("lent_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_brought_by_id_fkey" FOREIGN KEY ("brought_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_taken_by_id_fkey" FOREIGN KEY ("taken_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy_permit" ADD CONSTRAINT "copy_permit_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy_permit" ADD CONSTRAINT "copy_permit_applicant_id_fkey" FOREIGN KEY ("applicant_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy_permit" ADD CONSTRAINT "copy_permit_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy_permit_item" ADD CONSTRAINT "copy_permit_item_permit_id_fkey" FOREIGN KEY ("permit_id") REFERENCES "copy_permit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy_permit_item" ADD CONSTRAINT "copy_permit_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_permit_id_fkey" FOREIGN KEY ("permit_id") REFERENCES "copy_permit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_ended_by_id_fkey" FOREIGN KEY ("ended_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_witness_id_fkey" FOREIGN KEY ("witness_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designated_person" ADD CONSTRAINT "designated_person_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designated_person" ADD CONSTRAINT "designated_person_named_by_id_fkey" FOREIGN KEY ("named_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "numbered_copy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_applicant_id_fkey" FOREIGN KEY ("applicant_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "agreement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "approval_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_packed_by_id_fkey" FOREIGN KEY ("packed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_package_file_id_fkey" FOREIGN KEY ("package_file_id") REFERENCES "stored_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure_item" ADD CONSTRAINT "disclosure_item_disclosure_id_fkey" FOREIGN KEY ("disclosure_id") REFERENCES "disclosure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disclosure_item" ADD CONSTRAINT "disclosure_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_reported_by_id_fkey" FOREIGN KEY ("reported_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "customer_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_officer_id_fkey" FOREIGN KEY ("officer_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_checker_id_fkey" FOREIGN KEY ("checker_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_archivist_id_fkey" FOREIGN KEY ("archivist_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer_item" ADD CONSTRAINT "transfer_item_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer_item" ADD CONSTRAINT "transfer_item_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supplement" ADD CONSTRAINT "supplement_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "archive_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_given_back_by_id_fkey" FOREIGN KEY ("given_back_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_witness_id_fkey" FOREIGN KEY ("witness_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_count" ADD CONSTRAINT "certificate_count_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_count" ADD CONSTRAINT "certificate_count_witness_id_fkey" FOREIGN KEY ("witness_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_counted" ADD CONSTRAINT "certificate_counted_count_id_fkey" FOREIGN KEY ("count_id") REFERENCES "certificate_count"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "certificate_counted" ADD CONSTRAINT "certificate_counted_certificate_id_fkey" FOREIGN KEY ("certificate_id") REFERENCES "certificate"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ARC-12, ARC-04: an item is on one open loan at most.
CREATE UNIQUE INDEX "loan_open_once" ON "loan" ("item_id") WHERE "returned_at" IS NULL;
CREATE INDEX "loan_open_due" ON "loan" ("due_at", "id") WHERE "returned_at" IS NULL;
CREATE INDEX "loan_open_borrower" ON "loan" ("borrower_id") WHERE "returned_at" IS NULL;
CREATE INDEX "numbered_copy_out" ON "numbered_copy" ("due_at", "id") WHERE "state" = 'out';
CREATE INDEX "numbered_copy_out_item" ON "numbered_copy" ("item_id") WHERE "state" = 'out';
-- ARC-14: what is out with one carrier is not out with another.
CREATE UNIQUE INDEX "movement_open_once" ON "movement" ("item_id", coalesce("copy_id", 0)) WHERE "back_at" IS NULL;
CREATE INDEX "movement_open" ON "movement" ("due_at", "id") WHERE "back_at" IS NULL;
CREATE INDEX "viewing_open" ON "viewing" ("applicant_id", "until_at") WHERE "state" = 'approved' AND "ended_at" IS NULL;
CREATE INDEX "archive_item_unusual" ON "archive_item" ("state", "id" DESC) WHERE "state" <> 'in_place';
CREATE INDEX "customer_withdrawn" ON "customer" ("id") WHERE "withdrawn_at" IS NOT NULL;
-- The orders of the index (archive/list/order.ts): by the title's pinyin, by date, the undated before all others.
CREATE INDEX "archive_item_titled" ON "archive_item" ((coalesce(nullif(split_part("search_text", E'\n', 3), ''), split_part("search_text", E'\n', 1))), "id");
CREATE INDEX "archive_item_dated" ON "archive_item" ((coalesce("dated_on", '0001-01-01'::date)), "id");
ALTER TABLE "archive_place" ADD CONSTRAINT "archive_place_counted" CHECK ("cabinet" > 0 AND "shelf" > 0 AND "position" > 0);
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_counted" CHECK ("pages" > 0 AND "copies" > 0);
-- ARC-02: 机密 and 绝密 have a named keeper of their own.
ALTER TABLE "archive_item" ADD CONSTRAINT "archive_item_keeper" CHECK (
  "secrecy" NOT IN ('confidential', 'top_secret') OR "keeper_id" IS NOT NULL);
-- ARC-11: a return has two names, the pages that came back and their condition.
ALTER TABLE "loan" ADD CONSTRAINT "loan_return_whole" CHECK ("returned_at" IS NULL OR (
  "brought_by_id" IS NOT NULL AND "taken_by_id" IS NOT NULL AND "pages_back" IS NOT NULL AND "condition_back" IS NOT NULL));
ALTER TABLE "loan" ADD CONSTRAINT "loan_lender" CHECK ("lent_by_id" <> "borrower_id");
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_window" CHECK ("from_at" < "until_at");
-- ARC-08: an outsider comes with a registered paper.
ALTER TABLE "viewing" ADD CONSTRAINT "viewing_visitor" CHECK ("visitor_name" IS NULL OR (
  "visitor_unit" IS NOT NULL AND "visitor_paper" IS NOT NULL AND "visitor_paper_no" IS NOT NULL));
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_ended" CHECK (("state" = 'out') = ("ended_at" IS NULL));
-- ARC-13: what is destroyed is destroyed before a second person.
ALTER TABLE "numbered_copy" ADD CONSTRAINT "numbered_copy_witness" CHECK ("state" <> 'destroyed' OR (
  "witness_id" IS NOT NULL AND "witness_id" <> "ended_by_id"));
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_party_named" CHECK (
  ("party" = 'staff' AND "staff_id" IS NOT NULL) OR ("party" = 'partner' AND coalesce("partner", '') <> ''));
ALTER TABLE "agreement" ADD CONSTRAINT "agreement_period" CHECK ("until_on" IS NULL OR "from_on" <= "until_on");
ALTER TABLE "disclosure" ADD CONSTRAINT "disclosure_period" CHECK ("from_on" <= "until_on");
-- ARC-03: three different people sign.
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_three" CHECK (
  "officer_id" <> "checker_id" AND "checker_id" <> "archivist_id" AND "officer_id" <> "archivist_id");
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_quantity" CHECK ("quantity" > 0);
-- ARC-23: counted like cash, by two.
ALTER TABLE "certificate_count" ADD CONSTRAINT "certificate_count_two" CHECK ("by_id" <> "witness_id");
ALTER TABLE "certificate_counted" ADD CONSTRAINT "certificate_counted_not_negative" CHECK ("expected" >= 0 AND "counted" >= 0);
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_given_back" CHECK ("given_back_at" IS NULL OR (
  "given_back_to" IS NOT NULL AND "given_back_by_id" IS NOT NULL AND "witness_id" IS NOT NULL
  AND "witness_id" <> "given_back_by_id"));

-- ARC-05 and the registers: what was written stays as it was written.
CREATE FUNCTION "keep_archive_line"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line of the archive''s registers stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "item_reading_kept" BEFORE UPDATE OR DELETE ON "item_reading"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "item_version_kept" BEFORE UPDATE OR DELETE ON "item_version"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "acknowledgement_kept" BEFORE UPDATE OR DELETE ON "acknowledgement"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "loan_kept" BEFORE DELETE ON "loan" FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "loan_ended_kept" BEFORE UPDATE ON "loan" FOR EACH ROW WHEN (OLD."returned_at" IS NOT NULL)
  EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "numbered_copy_kept" BEFORE DELETE ON "numbered_copy"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "numbered_copy_ended_kept" BEFORE UPDATE ON "numbered_copy" FOR EACH ROW WHEN (OLD."state" <> 'out')
  EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "archive_item_kept" BEFORE DELETE ON "archive_item"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "incident_kept" BEFORE DELETE ON "incident" FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "certificate_count_kept" BEFORE UPDATE OR DELETE ON "certificate_count"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "certificate_counted_kept" BEFORE UPDATE OR DELETE ON "certificate_counted"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
CREATE TRIGGER "certificate_kept" BEFORE DELETE ON "certificate"
  FOR EACH ROW EXECUTE FUNCTION "keep_archive_line"();
