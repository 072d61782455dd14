-- CreateEnum
CREATE TYPE "customer_grade" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "complaint_channel" AS ENUM ('phone', 'visit', 'web', 'letter', 'email', 'manufacturer', 'group_centre', 'call_back');

-- CreateEnum
CREATE TYPE "complaint_kind" AS ENUM ('product_quality', 'sales_contract', 'repair_quality', 'service_quality', 'suggestion');

-- CreateEnum
CREATE TYPE "complaint_level" AS ENUM ('general', 'important', 'major');

-- CreateEnum
CREATE TYPE "complaint_state" AS ENUM ('received', 'accepting', 'investigating', 'proposing', 'approving', 'telling', 'asking', 'improving', 'answering', 'closed', 'void');

-- CreateEnum
CREATE TYPE "complaint_outcome" AS ENUM ('settled', 'answered', 'unresolved', 'unreachable');

-- CreateEnum
CREATE TYPE "complaint_cause" AS ENUM ('product', 'workmanship', 'attitude', 'delay', 'promise', 'price', 'delivery', 'communication', 'facility', 'customer', 'other');

-- CreateEnum
CREATE TYPE "media_exposure" AS ENUM ('none', 'exposed', 'negative');

-- CreateEnum
CREATE TYPE "level_change_kind" AS ENUM ('computed', 'raised', 'lowered');

-- CreateEnum
CREATE TYPE "contact_purpose" AS ENUM ('first', 'progress', 'negotiation', 'telling', 'asking', 'answer');

-- CreateEnum
CREATE TYPE "contact_way" AS ENUM ('phone', 'visit', 'message', 'email', 'letter');

-- CreateEnum
CREATE TYPE "report_state" AS ENUM ('draft', 'waiting', 'finished');

-- CreateEnum
CREATE TYPE "remedy_state" AS ENUM ('draft', 'waiting', 'approved', 'refused', 'dropped');

-- CreateEnum
CREATE TYPE "remedy_item_kind" AS ENUM ('visit', 'repair', 'exchange', 'refund', 'compensation', 'waiver', 'apology', 'other');

-- CreateEnum
CREATE TYPE "told_unit" AS ENUM ('brand', 'management', 'legal', 'vice_president', 'chief_executive', 'customer_relations', 'board', 'reporting_unit');

-- CreateEnum
CREATE TYPE "action_kind" AS ENUM ('corrective', 'preventive');

-- CreateEnum
CREATE TYPE "action_state" AS ENUM ('proposed', 'approved', 'done', 'verified', 'effective', 'ineffective', 'refused');

-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "complaint_id" BIGINT,
ALTER COLUMN "customer_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "complaint_email" TEXT,
ADD COLUMN     "complaint_hours" TEXT,
ADD COLUMN     "complaint_person" TEXT,
ADD COLUMN     "complaint_phone" TEXT,
ADD COLUMN     "complaint_place" TEXT;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "grade" "customer_grade";

-- CreateTable
CREATE TABLE "complaint" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "channel" "complaint_channel" NOT NULL,
    "kind" "complaint_kind" NOT NULL,
    "state" "complaint_state" NOT NULL DEFAULT 'received',
    "outcome" "complaint_outcome",
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "received_by_id" BIGINT NOT NULL,
    "receiving_department_id" BIGINT,
    "reporting_unit" TEXT,
    "customer_id" BIGINT,
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "complainant" TEXT,
    "phone" TEXT,
    "phone_digits" TEXT,
    "product" TEXT,
    "product_key" TEXT,
    "title" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "wants" TEXT,
    "containment" TEXT,
    "claim" DECIMAL(14,2),
    "compensation" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "hazard" BOOLEAN NOT NULL DEFAULT false,
    "households" INTEGER NOT NULL DEFAULT 1,
    "told_manufacturer" BOOLEAN NOT NULL DEFAULT false,
    "blockade" BOOLEAN NOT NULL DEFAULT false,
    "exchange" BOOLEAN NOT NULL DEFAULT false,
    "legal" BOOLEAN NOT NULL DEFAULT false,
    "media" "media_exposure" NOT NULL DEFAULT 'none',
    "grave" BOOLEAN NOT NULL DEFAULT false,
    "grave_reason" TEXT,
    "repeat_of_id" BIGINT,
    "group_id" BIGINT,
    "level" "complaint_level" NOT NULL,
    "raised_to" "complaint_level",
    "lowered_to" "complaint_level",
    "overruled" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "accused" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "founded" BOOLEAN,
    "reasonable" BOOLEAN,
    "customer_cause" BOOLEAN NOT NULL DEFAULT false,
    "judgement" TEXT,
    "judged_at" TIMESTAMPTZ(3),
    "judged_by_id" BIGINT,
    "cause" "complaint_cause",
    "opinion" TEXT,
    "opinion_by_id" BIGINT,
    "owner_id" BIGINT,
    "assigned_at" TIMESTAMPTZ(3),
    "department_id" BIGINT,
    "region_id" BIGINT,
    "round" INTEGER NOT NULL DEFAULT 1,
    "reopened" INTEGER NOT NULL DEFAULT 0,
    "escalated" INTEGER NOT NULL DEFAULT 0,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "satisfaction" INTEGER,
    "told_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),
    "improvement" TEXT,
    "no_improvement" BOOLEAN NOT NULL DEFAULT false,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" BIGINT,
    "closing" TEXT,
    "priority" SMALLINT NOT NULL DEFAULT 1,
    "due_at" TIMESTAMPTZ(3),
    "in_hand_by_id" BIGINT,
    "in_hand_at" TIMESTAMPTZ(3),
    "grams" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "search_text" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_group" (
    "id" BIGSERIAL NOT NULL,
    "matter" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" BIGINT NOT NULL,

    CONSTRAINT "complaint_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "level_change" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "level_change_kind" NOT NULL,
    "before" "complaint_level",
    "after" "complaint_level" NOT NULL,
    "facts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reason" TEXT,
    "by_id" BIGINT,

    CONSTRAINT "level_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_contact" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "round" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,
    "with_id" BIGINT,
    "purpose" "contact_purpose" NOT NULL,
    "way" "contact_way" NOT NULL,
    "reached" BOOLEAN NOT NULL,
    "words" TEXT NOT NULL,
    "standard_message" TEXT,
    "satisfied" BOOLEAN,
    "score" INTEGER,

    CONSTRAINT "complaint_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "investigation_report" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "state" "report_state" NOT NULL DEFAULT 'draft',
    "course" TEXT NOT NULL,
    "cause_kind" "complaint_cause",
    "cause" TEXT NOT NULL,
    "responsible" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "responsible_text" TEXT,
    "conclusion" TEXT NOT NULL,
    "countermeasure" TEXT NOT NULL,
    "prevention" TEXT NOT NULL,
    "supervisor" TEXT,
    "by_id" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "investigation_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remedy" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "round" INTEGER NOT NULL,
    "state" "remedy_state" NOT NULL DEFAULT 'draft',
    "reason" TEXT NOT NULL,
    "total" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "proposed_by_id" BIGINT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "accepted" BOOLEAN,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "remedy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remedy_item" (
    "remedy_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" "remedy_item_kind" NOT NULL,
    "text" TEXT NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL DEFAULT 0,

    CONSTRAINT "remedy_item_pkey" PRIMARY KEY ("remedy_id","n")
);

-- CreateTable
CREATE TABLE "complaint_pause" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "most_until" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "by_id" BIGINT NOT NULL,
    "ended_by_id" BIGINT,

    CONSTRAINT "complaint_pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_escalation" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "way" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "unrecorded" BOOLEAN NOT NULL DEFAULT false,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "complaint_escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_reopening" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "outcome" "complaint_outcome",
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "complaint_reopening_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_progress" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "complaint_progress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_statement" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "facts" TEXT NOT NULL,
    "put_at" TIMESTAMPTZ(3) NOT NULL,
    "put_by_id" BIGINT NOT NULL,
    "answer" TEXT,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "complaint_statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crisis_meeting" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT,
    "chair_id" BIGINT NOT NULL,
    "members" BIGINT[],
    "situation" TEXT NOT NULL,
    "decisions" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,

    CONSTRAINT "crisis_meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "told_line" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "unit" "told_unit" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "person" TEXT NOT NULL,
    "way" "contact_way" NOT NULL,
    "words" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "told_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "complaint_rating" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "made_by_id" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "score" INTEGER,
    "words" TEXT,

    CONSTRAINT "complaint_rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "liability" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "department_id" BIGINT NOT NULL,
    "staff_id" BIGINT,
    "head_id" BIGINT,
    "delay" BOOLEAN NOT NULL DEFAULT false,
    "loss" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "penalty" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "head_penalty" DECIMAL(14,2) NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by_id" BIGINT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "liability_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "corrective_action" (
    "id" BIGSERIAL NOT NULL,
    "complaint_id" BIGINT NOT NULL,
    "n" INTEGER NOT NULL,
    "kind" "action_kind" NOT NULL,
    "measure" TEXT NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "due_on" DATE NOT NULL,
    "state" "action_state" NOT NULL DEFAULT 'proposed',
    "evidence" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "checker_id" BIGINT,
    "verified_at" TIMESTAMPTZ(3),
    "verification" TEXT,
    "effect_days" INTEGER NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "effect" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "corrective_action_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "complaint_number_key" ON "complaint"("number");

-- CreateIndex
CREATE INDEX "complaint_received_at_id_idx" ON "complaint"("received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "complaint_customer_id_received_at_idx" ON "complaint"("customer_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "complaint_department_id_received_at_id_idx" ON "complaint"("department_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "complaint_owner_id_received_at_id_idx" ON "complaint"("owner_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "complaint_received_by_id_received_at_idx" ON "complaint"("received_by_id", "received_at" DESC);

-- CreateIndex
CREATE INDEX "complaint_group_id_idx" ON "complaint"("group_id");

-- CreateIndex
CREATE INDEX "complaint_repeat_of_id_idx" ON "complaint"("repeat_of_id");

-- CreateIndex
CREATE INDEX "complaint_product_key_idx" ON "complaint"("product_key");

-- CreateIndex
CREATE INDEX "complaint_grams_idx" ON "complaint" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "complaint_phone_digits_idx" ON "complaint" USING GIN ("phone_digits" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "level_change_complaint_id_id_idx" ON "level_change"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_contact_complaint_id_id_idx" ON "complaint_contact"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_contact_by_id_idx" ON "complaint_contact"("by_id");

-- CreateIndex
CREATE UNIQUE INDEX "investigation_report_complaint_id_key" ON "investigation_report"("complaint_id");

-- CreateIndex
CREATE INDEX "remedy_complaint_id_round_idx" ON "remedy"("complaint_id", "round");

-- CreateIndex
CREATE INDEX "complaint_pause_complaint_id_id_idx" ON "complaint_pause"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_escalation_complaint_id_id_idx" ON "complaint_escalation"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_reopening_complaint_id_id_idx" ON "complaint_reopening"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_progress_complaint_id_id_idx" ON "complaint_progress"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "complaint_statement_complaint_id_idx" ON "complaint_statement"("complaint_id");

-- CreateIndex
CREATE INDEX "complaint_statement_staff_id_idx" ON "complaint_statement"("staff_id");

-- CreateIndex
CREATE INDEX "crisis_meeting_complaint_id_id_idx" ON "crisis_meeting"("complaint_id", "id");

-- CreateIndex
CREATE INDEX "told_line_complaint_id_id_idx" ON "told_line"("complaint_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "complaint_rating_token_hash_key" ON "complaint_rating"("token_hash");

-- CreateIndex
CREATE INDEX "complaint_rating_complaint_id_idx" ON "complaint_rating"("complaint_id");

-- CreateIndex
CREATE INDEX "liability_complaint_id_idx" ON "liability"("complaint_id");

-- CreateIndex
CREATE INDEX "liability_staff_id_idx" ON "liability"("staff_id");

-- CreateIndex
CREATE INDEX "corrective_action_owner_id_state_due_on_idx" ON "corrective_action"("owner_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "corrective_action_checker_id_state_idx" ON "corrective_action"("checker_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "corrective_action_complaint_id_n_key" ON "corrective_action"("complaint_id", "n");

-- CreateIndex
CREATE INDEX "attachment_complaint_id_idx" ON "attachment"("complaint_id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_received_by_id_fkey" FOREIGN KEY ("received_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_repeat_of_id_fkey" FOREIGN KEY ("repeat_of_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "complaint_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "level_change" ADD CONSTRAINT "level_change_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_contact" ADD CONSTRAINT "complaint_contact_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_contact" ADD CONSTRAINT "complaint_contact_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "investigation_report" ADD CONSTRAINT "investigation_report_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remedy_item" ADD CONSTRAINT "remedy_item_remedy_id_fkey" FOREIGN KEY ("remedy_id") REFERENCES "remedy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_pause" ADD CONSTRAINT "complaint_pause_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_escalation" ADD CONSTRAINT "complaint_escalation_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_reopening" ADD CONSTRAINT "complaint_reopening_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_progress" ADD CONSTRAINT "complaint_progress_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_statement" ADD CONSTRAINT "complaint_statement_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_statement" ADD CONSTRAINT "complaint_statement_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crisis_meeting" ADD CONSTRAINT "crisis_meeting_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "told_line" ADD CONSTRAINT "told_line_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "complaint_rating" ADD CONSTRAINT "complaint_rating_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liability" ADD CONSTRAINT "liability_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liability" ADD CONSTRAINT "liability_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liability" ADD CONSTRAINT "liability_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_complaint_id_fkey" FOREIGN KEY ("complaint_id") REFERENCES "complaint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_checker_id_fkey" FOREIGN KEY ("checker_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "complaint_destination" (
    "kind" "complaint_kind" NOT NULL,
    "department_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "complaint_destination_pkey" PRIMARY KEY ("kind")
);

-- AddForeignKey
ALTER TABLE "complaint_destination" ADD CONSTRAINT "complaint_destination_department_id_fkey" FOREIGN KEY ("department_id") REFERENCES "department"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "attachment" ADD CONSTRAINT "attachment_of_one" CHECK (num_nonnulls("customer_id", "complaint_id") = 1);
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_households" CHECK ("households" >= 1);
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_money" CHECK ("claim" >= 0 AND "compensation" >= 0);
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_satisfaction" CHECK ("satisfaction" BETWEEN 1 AND 5);
-- CMP-11: what is closed says how, when and by whom.
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_closed_whole" CHECK (("state" = 'closed') =
  ("outcome" IS NOT NULL AND "closed_at" IS NOT NULL AND "closed_by_id" IS NOT NULL));
-- CMP-03: nobody handles a complaint about themselves.
ALTER TABLE "complaint" ADD CONSTRAINT "complaint_not_about_handler" CHECK ("owner_id" IS NULL OR NOT ("owner_id" = ANY ("accused")));
ALTER TABLE "complaint_contact" ADD CONSTRAINT "complaint_contact_score" CHECK ("score" BETWEEN 1 AND 5);
ALTER TABLE "complaint_rating" ADD CONSTRAINT "complaint_rating_score" CHECK ("score" BETWEEN 1 AND 5);
-- SAT-03: used once.
ALTER TABLE "complaint_rating" ADD CONSTRAINT "complaint_rating_used" CHECK (("used_at" IS NULL) = ("score" IS NULL));
ALTER TABLE "remedy_item" ADD CONSTRAINT "remedy_item_money" CHECK ("amount" >= 0);
ALTER TABLE "remedy" ADD CONSTRAINT "remedy_money" CHECK ("total" >= 0);
ALTER TABLE "liability" ADD CONSTRAINT "liability_money" CHECK ("loss" >= 0 AND "penalty" >= 0 AND "head_penalty" >= 0);
-- CMP-18: nobody verifies his own measure.
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_checker" CHECK ("checker_id" IS NULL OR "checker_id" <> "owner_id");
ALTER TABLE "complaint_pause" ADD CONSTRAINT "complaint_pause_bounds" CHECK ("from_at" <= "most_until");
CREATE UNIQUE INDEX "complaint_pause_once" ON "complaint_pause" ("complaint_id") WHERE "until_at" IS NULL;
CREATE UNIQUE INDEX "remedy_live_once" ON "remedy" ("complaint_id", "round") WHERE "state" IN ('draft', 'waiting', 'approved');
CREATE UNIQUE INDEX "complaint_rating_live_once" ON "complaint_rating" ("complaint_id")
  WHERE "used_at" IS NULL AND "withdrawn_at" IS NULL;
-- The orders of the lists of what is open: grade A first, then what is due next.
-- `accused` stands in it, so that a count of what somebody sees reads the index alone.
CREATE INDEX "complaint_open" ON "complaint" ("priority", "due_at", "id") INCLUDE ("accused")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_owner" ON "complaint" ("owner_id", "priority", "due_at", "id") WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_department" ON "complaint" ("department_id", "priority", "due_at", "id")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_state" ON "complaint" ("state", "priority", "due_at", "id") WHERE "state" NOT IN ('closed', 'void');

-- The registers of a complaint's course: what was written stays as it was written.
CREATE FUNCTION "keep_complaint_line"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line of a complaint''s registers stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "complaint_kept" BEFORE DELETE ON "complaint" FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "level_change_kept" BEFORE UPDATE OR DELETE ON "level_change"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "complaint_contact_kept" BEFORE UPDATE OR DELETE ON "complaint_contact"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "complaint_escalation_kept" BEFORE UPDATE OR DELETE ON "complaint_escalation"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "complaint_reopening_kept" BEFORE UPDATE OR DELETE ON "complaint_reopening"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "complaint_progress_kept" BEFORE UPDATE OR DELETE ON "complaint_progress"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "crisis_meeting_kept" BEFORE UPDATE OR DELETE ON "crisis_meeting"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "told_line_kept" BEFORE UPDATE OR DELETE ON "told_line"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "remedy_kept" BEFORE DELETE ON "remedy" FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "liability_kept" BEFORE DELETE ON "liability" FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();
CREATE TRIGGER "corrective_action_kept" BEFORE DELETE ON "corrective_action"
  FOR EACH ROW EXECUTE FUNCTION "keep_complaint_line"();

-- CMP-16: complaints of customers of grade A come first, also when the customer or the grade is set later.
CREATE FUNCTION "set_complaint_priority"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."priority" := CASE WHEN EXISTS (SELECT FROM "customer" WHERE "id" = NEW."customer_id" AND "grade" = 'A') THEN 0 ELSE 1 END;
  RETURN NEW;
END $$;
CREATE TRIGGER "complaint_priority" BEFORE INSERT OR UPDATE OF "customer_id" ON "complaint"
  FOR EACH ROW EXECUTE FUNCTION "set_complaint_priority"();
CREATE FUNCTION "set_complaints_priority"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "complaint" SET "priority" = CASE WHEN NEW."grade" = 'A' THEN 0 ELSE 1 END WHERE "customer_id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "customer_graded" AFTER UPDATE OF "grade" ON "customer" FOR EACH ROW
  WHEN (OLD."grade" IS DISTINCT FROM NEW."grade") EXECUTE FUNCTION "set_complaints_priority"();

-- The list's due order: the earliest of the clocks that run.
CREATE FUNCTION "set_complaint_due"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "complaint" SET "due_at" = (
    SELECT min("due_at") FROM "deadline" WHERE "subject" = NEW."subject" AND "kind" LIKE 'complaint.%'
      AND "met_at" IS NULL AND "cancelled_at" IS NULL AND "paused_at" IS NULL)
  WHERE "id" = substr(NEW."subject", 11)::bigint;
  RETURN NULL;
END $$;
CREATE TRIGGER "deadline_of_complaint" AFTER INSERT OR UPDATE OF "due_at", "met_at", "cancelled_at", "paused_at" ON "deadline"
  FOR EACH ROW WHEN (NEW."kind" LIKE 'complaint.%' AND NEW."subject" ~ '^complaint:[0-9]{1,18}$') EXECUTE FUNCTION "set_complaint_due"();

-- Lists of what one received, a department received or a region has: the same orders as above.
CREATE INDEX "complaint_open_receiver" ON "complaint" ("received_by_id", "priority", "due_at", "id")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_receiving" ON "complaint" ("receiving_department_id", "priority", "due_at", "id")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_open_region" ON "complaint" ("region_id", "priority", "due_at", "id")
  WHERE "state" NOT IN ('closed', 'void');
CREATE INDEX "complaint_first" ON "complaint" ("received_at" DESC, "id" DESC) WHERE "priority" = 0;
CREATE INDEX "complaint_open_level" ON "complaint" ("level", "priority", "due_at", "id")
  WHERE "state" NOT IN ('closed', 'void');
-- What lists and figures ask for that few of a million are.
CREATE INDEX "complaint_above_general" ON "complaint" ("level", "received_at" DESC, "id" DESC) WHERE "level" <> 'general';
CREATE INDEX "complaint_compensated" ON "complaint" ("compensation") WHERE "compensation" > 0;
CREATE INDEX "complaint_dissatisfied" ON "complaint" ("received_at" DESC, "id" DESC) WHERE "satisfaction" <= 2;
CREATE INDEX "complaint_reopened" ON "complaint" ("received_at" DESC, "id" DESC) WHERE "reopened" > 0;
CREATE INDEX "complaint_escalated" ON "complaint" ("received_at" DESC, "id" DESC) WHERE "escalated" > 0;
CREATE INDEX "complaint_not_settled" ON "complaint" ("outcome", "received_at" DESC, "id" DESC)
  WHERE "outcome" IN ('unresolved', 'unreachable');
CREATE INDEX "complaint_closed" ON "complaint" ("closed_at" DESC, "id" DESC) WHERE "closed_at" IS NOT NULL;

-- Saved views of more than one list.
ALTER TABLE "saved_view" ADD COLUMN "list" TEXT NOT NULL DEFAULT 'customers';
DROP INDEX "saved_view_staff_id_name_key";
CREATE UNIQUE INDEX "saved_view_staff_id_list_name_key" ON "saved_view"("staff_id", "list", "name");

-- CreateIndex
CREATE INDEX "complaint_receiving_department_id_received_at_id_idx" ON "complaint"("receiving_department_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "complaint_region_id_received_at_id_idx" ON "complaint"("region_id", "received_at" DESC, "id" DESC);

-- CMP-15: what was missed is counted by month.
CREATE INDEX "deadline_breached_complaint" ON "deadline" ("breached_at") WHERE "breached_at" IS NOT NULL AND "kind" LIKE 'complaint.%';

-- The ways of the deadlines' list, each by an index of its own: clocks of customers, clocks of complaints.
CREATE INDEX "deadline_running_customer" ON "deadline" ("due_at", "id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "customer_id" IS NOT NULL;
CREATE INDEX "deadline_running_complaint" ON "deadline" ("due_at", "id")
  WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "kind" LIKE 'complaint.%';
CREATE INDEX "deadline_ended_customer" ON "deadline" ("id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "customer_id" IS NOT NULL;
CREATE INDEX "deadline_ended_complaint" ON "deadline" ("id")
  WHERE ("met_at" IS NOT NULL OR "cancelled_at" IS NOT NULL) AND "kind" LIKE 'complaint.%';
