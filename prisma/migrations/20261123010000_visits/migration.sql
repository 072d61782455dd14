-- CreateEnum
CREATE TYPE "visit_purpose" AS ENUM ('market_survey', 'competitors', 'relations', 'volume', 'collection', 'new_customer', 'new_product', 'coverage');

-- CreateEnum
CREATE TYPE "visit_target" AS ENUM ('existing', 'target', 'potential', 'peer');

-- CreateEnum
CREATE TYPE "visit_plan_state" AS ENUM ('draft', 'waiting', 'approved', 'returned', 'refused');

-- CreateEnum
CREATE TYPE "visit_state" AS ENUM ('draft', 'waiting', 'refused', 'approved', 'done', 'reported', 'cancelled');

-- CreateEnum
CREATE TYPE "visit_rhythm" AS ENUM ('weekly', 'fortnightly', 'monthly', 'quarterly');

-- CreateEnum
CREATE TYPE "spending_kind" AS ENUM ('travel', 'gift', 'entertainment', 'other');

-- CreateEnum
CREATE TYPE "spending_state" AS ENUM ('within', 'asked', 'approved', 'refused');

-- CreateEnum
CREATE TYPE "purpose_reached" AS ENUM ('reached', 'partly', 'not_reached');

-- CreateEnum
CREATE TYPE "gift_outcome" AS ENUM ('declined', 'returned', 'handed_in');

-- CreateEnum
CREATE TYPE "authority_kind" AS ENUM ('contract', 'money');

-- CreateEnum
CREATE TYPE "market_note_kind" AS ENUM ('market', 'competitor', 'price', 'policy', 'channel', 'product');

-- CreateEnum
CREATE TYPE "contact_record_way" AS ENUM ('call', 'email', 'message', 'meeting', 'round');

-- AlterTable
ALTER TABLE "attachment" ADD COLUMN     "visit_id" BIGINT;

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "contacted_on" DATE,
ADD COLUMN     "manager_contacted_on" DATE;

-- CreateTable
CREATE TABLE "visit_plan" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "month" DATE NOT NULL,
    "state" "visit_plan_state" NOT NULL DEFAULT 'draft',
    "note" TEXT,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "submitted_at" TIMESTAMPTZ(3),
    "late" BOOLEAN NOT NULL DEFAULT false,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" BIGINT,
    "decision" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "visit_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "plan_id" BIGINT,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "customer_id" BIGINT,
    "party" TEXT NOT NULL,
    "target" "visit_target" NOT NULL,
    "purposes" "visit_purpose"[],
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "on_day" DATE NOT NULL,
    "timed" BOOLEAN NOT NULL DEFAULT true,
    "minutes" INTEGER NOT NULL,
    "place" TEXT,
    "district" TEXT,
    "agenda" TEXT,
    "bring" TEXT,
    "companions" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "state" "visit_state" NOT NULL DEFAULT 'draft',
    "unplanned" BOOLEAN NOT NULL DEFAULT false,
    "unplanned_reason" TEXT,
    "verdict" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_with" TEXT,
    "confirmed_way" "contact_way",
    "warned_at" TIMESTAMPTZ(3),
    "first_starts_at" TIMESTAMPTZ(3),
    "rescheduled" INTEGER NOT NULL DEFAULT 0,
    "replaces_id" BIGINT,
    "cancelled_reason" TEXT,
    "template_id" BIGINT,
    "arrived_at" TIMESTAMPTZ(3),
    "left_at" TIMESTAMPTZ(3),
    "report_due_at" TIMESTAMPTZ(3),
    "reported_at" TIMESTAMPTZ(3),
    "report_late" BOOLEAN NOT NULL DEFAULT false,
    "by_manager" BOOLEAN NOT NULL DEFAULT false,
    "grams" TEXT[],
    "search_text" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_party" (
    "visit_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,

    CONSTRAINT "visit_party_pkey" PRIMARY KEY ("visit_id","customer_id")
);

-- CreateTable
CREATE TABLE "visit_person" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT NOT NULL,
    "contact_id" BIGINT,
    "name" TEXT NOT NULL,
    "post" TEXT,
    "planned" BOOLEAN NOT NULL DEFAULT true,
    "met" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "visit_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_spending" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT NOT NULL,
    "kind" "spending_kind" NOT NULL,
    "what" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "price" DECIMAL(14,2) NOT NULL,
    "total" DECIMAL(14,2) NOT NULL,
    "state" "spending_state" NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "actual" DECIMAL(14,2),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_spending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_authority" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT NOT NULL,
    "kind" "authority_kind" NOT NULL,
    "up_to" DECIMAL(14,2),
    "what" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "granted_by_id" BIGINT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_authority_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_report" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT NOT NULL,
    "reached" "purpose_reached" NOT NULL,
    "content" TEXT NOT NULL,
    "findings" TEXT NOT NULL,
    "feedback" TEXT NOT NULL,
    "competitors" TEXT NOT NULL,
    "next_step" TEXT NOT NULL,
    "next_on" DATE,
    "companions" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "contract_signed" BOOLEAN NOT NULL DEFAULT false,
    "money_taken" DECIMAL(14,2),
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_by_id" BIGINT NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by_id" BIGINT,
    "review" TEXT,
    "returned_at" TIMESTAMPTZ(3),
    "returned_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "visit_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_question" (
    "id" BIGSERIAL NOT NULL,
    "target" "visit_target",
    "grade" "customer_grade",
    "question" TEXT NOT NULL,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "n" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "visit_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_answer" (
    "report_id" BIGINT NOT NULL,
    "question_id" BIGINT NOT NULL,
    "answer" TEXT NOT NULL,

    CONSTRAINT "visit_answer_pkey" PRIMARY KEY ("report_id","question_id")
);

-- CreateTable
CREATE TABLE "offered_gift" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT NOT NULL,
    "what" TEXT NOT NULL,
    "offered_by" TEXT,
    "worth" DECIMAL(14,2),
    "outcome" "gift_outcome" NOT NULL,
    "note" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "offered_gift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_template" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "target" "visit_target" NOT NULL,
    "purposes" "visit_purpose"[],
    "rhythm" "visit_rhythm" NOT NULL,
    "weekday" INTEGER NOT NULL,
    "week" INTEGER,
    "time_of_day" INTEGER NOT NULL,
    "minutes" INTEGER NOT NULL,
    "agenda" TEXT,
    "bring" TEXT,
    "from_on" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "visit_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "market_note" (
    "id" BIGSERIAL NOT NULL,
    "visit_id" BIGINT,
    "customer_id" BIGINT,
    "kind" "market_note_kind" NOT NULL,
    "about" TEXT,
    "text" TEXT NOT NULL,
    "noted_on" DATE NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "grams" TEXT[],
    "search_text" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "market_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promise" (
    "id" BIGSERIAL NOT NULL,
    "task_id" BIGINT NOT NULL,
    "customer_id" BIGINT,
    "visit_id" BIGINT,
    "contact_record_id" BIGINT,
    "promised_to" TEXT,
    "promised_on" DATE NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "told_way" "contact_way",
    "told_whom" TEXT,
    "told_words" TEXT,
    "told_by_id" BIGINT,

    CONSTRAINT "promise_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_record" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "contact_id" BIGINT,
    "person" TEXT,
    "way" "contact_record_way" NOT NULL,
    "incoming" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "content" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "next_step" TEXT,
    "next_on" DATE,
    "formal" BOOLEAN NOT NULL DEFAULT false,
    "views" TEXT,
    "business" TEXT,
    "needs" TEXT,
    "letting" TEXT,
    "by_manager" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "region_id" BIGINT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contact_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_month" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "month" DATE NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "visits" INTEGER NOT NULL,
    "records" INTEGER NOT NULL,
    "customers" INTEGER NOT NULL,

    CONSTRAINT "contact_month_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_assessment" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "department_id" BIGINT,
    "month" DATE NOT NULL,
    "figures" JSONB NOT NULL,
    "score" DECIMAL(5,1) NOT NULL,
    "comment" TEXT,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_by_id" BIGINT NOT NULL,

    CONSTRAINT "visit_assessment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "visit_plan_number_key" ON "visit_plan"("number");

-- CreateIndex
CREATE INDEX "visit_plan_department_id_month_idx" ON "visit_plan"("department_id", "month");

-- CreateIndex
CREATE INDEX "visit_plan_month_state_idx" ON "visit_plan"("month", "state");

-- CreateIndex
CREATE UNIQUE INDEX "visit_plan_owner_id_month_key" ON "visit_plan"("owner_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "visit_number_key" ON "visit"("number");

-- CreateIndex
CREATE UNIQUE INDEX "visit_replaces_id_key" ON "visit"("replaces_id");

-- CreateIndex
CREATE INDEX "visit_owner_id_starts_at_id_idx" ON "visit"("owner_id", "starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_department_id_starts_at_id_idx" ON "visit"("department_id", "starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_region_id_starts_at_id_idx" ON "visit"("region_id", "starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_customer_id_starts_at_id_idx" ON "visit"("customer_id", "starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_starts_at_id_idx" ON "visit"("starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_state_starts_at_id_idx" ON "visit"("state", "starts_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "visit_plan_id_idx" ON "visit"("plan_id");

-- CreateIndex
CREATE INDEX "visit_on_day_owner_id_idx" ON "visit"("on_day", "owner_id");

-- CreateIndex
CREATE INDEX "visit_companions_idx" ON "visit" USING GIN ("companions");

-- CreateIndex
CREATE INDEX "visit_grams_idx" ON "visit" USING GIN ("grams");

-- CreateIndex
CREATE INDEX "visit_party_customer_id_idx" ON "visit_party"("customer_id");

-- CreateIndex
CREATE INDEX "visit_person_visit_id_idx" ON "visit_person"("visit_id");

-- CreateIndex
CREATE INDEX "visit_person_contact_id_idx" ON "visit_person"("contact_id");

-- CreateIndex
CREATE INDEX "visit_spending_visit_id_idx" ON "visit_spending"("visit_id");

-- CreateIndex
CREATE INDEX "visit_authority_visit_id_idx" ON "visit_authority"("visit_id");

-- CreateIndex
CREATE UNIQUE INDEX "visit_report_visit_id_key" ON "visit_report"("visit_id");

-- CreateIndex
CREATE INDEX "visit_report_reviewed_at_id_idx" ON "visit_report"("reviewed_at", "id");

-- CreateIndex
CREATE INDEX "offered_gift_visit_id_idx" ON "offered_gift"("visit_id");

-- CreateIndex
CREATE INDEX "visit_template_owner_id_idx" ON "visit_template"("owner_id");

-- CreateIndex
CREATE INDEX "visit_template_customer_id_idx" ON "visit_template"("customer_id");

-- CreateIndex
CREATE INDEX "market_note_visit_id_idx" ON "market_note"("visit_id");

-- CreateIndex
CREATE INDEX "market_note_noted_on_id_idx" ON "market_note"("noted_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "market_note_department_id_noted_on_id_idx" ON "market_note"("department_id", "noted_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "market_note_grams_idx" ON "market_note" USING GIN ("grams");

-- CreateIndex
CREATE UNIQUE INDEX "promise_task_id_key" ON "promise"("task_id");

-- CreateIndex
CREATE INDEX "promise_customer_id_idx" ON "promise"("customer_id");

-- CreateIndex
CREATE INDEX "promise_visit_id_idx" ON "promise"("visit_id");

-- CreateIndex
CREATE INDEX "promise_contact_record_id_idx" ON "promise"("contact_record_id");

-- CreateIndex
CREATE UNIQUE INDEX "contact_record_number_key" ON "contact_record"("number");

-- CreateIndex
CREATE INDEX "contact_record_customer_id_at_id_idx" ON "contact_record"("customer_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_record_owner_id_at_id_idx" ON "contact_record"("owner_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_record_department_id_at_id_idx" ON "contact_record"("department_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_record_at_id_idx" ON "contact_record"("at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "contact_month_department_id_month_idx" ON "contact_month"("department_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "contact_month_owner_id_month_key" ON "contact_month"("owner_id", "month");

-- CreateIndex
CREATE INDEX "visit_assessment_department_id_month_idx" ON "visit_assessment"("department_id", "month");

-- CreateIndex
CREATE UNIQUE INDEX "visit_assessment_owner_id_month_key" ON "visit_assessment"("owner_id", "month");

-- CreateIndex
CREATE INDEX "attachment_visit_id_idx" ON "attachment"("visit_id");

-- CreateIndex
CREATE INDEX "customer_grade_contacted_on_id_idx" ON "customer"("grade", "contacted_on", "id");

-- CreateIndex
CREATE INDEX "customer_grade_manager_contacted_on_id_idx" ON "customer"("grade", "manager_contacted_on", "id");

-- CreateIndex
CREATE INDEX "customer_contacted_on_id_idx" ON "customer"("contacted_on", "id");

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "visit_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "visit_template"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_party" ADD CONSTRAINT "visit_party_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_party" ADD CONSTRAINT "visit_party_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_person" ADD CONSTRAINT "visit_person_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_person" ADD CONSTRAINT "visit_person_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_spending" ADD CONSTRAINT "visit_spending_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_authority" ADD CONSTRAINT "visit_authority_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_report" ADD CONSTRAINT "visit_report_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_answer" ADD CONSTRAINT "visit_answer_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "visit_report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_answer" ADD CONSTRAINT "visit_answer_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "visit_question"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offered_gift" ADD CONSTRAINT "offered_gift_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_template" ADD CONSTRAINT "visit_template_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_template" ADD CONSTRAINT "visit_template_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "market_note" ADD CONSTRAINT "market_note_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "market_note" ADD CONSTRAINT "market_note_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "market_note" ADD CONSTRAINT "market_note_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_contact_record_id_fkey" FOREIGN KEY ("contact_record_id") REFERENCES "contact_record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_record" ADD CONSTRAINT "contact_record_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_record" ADD CONSTRAINT "contact_record_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_record" ADD CONSTRAINT "contact_record_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_month" ADD CONSTRAINT "contact_month_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_assessment" ADD CONSTRAINT "visit_assessment_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.
ALTER TABLE "attachment" DROP CONSTRAINT "attachment_of_one";
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_of_one" CHECK (num_nonnulls("customer_id", "complaint_id", "visit_id") = 1);
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_month" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "visit_plan" ADD CONSTRAINT "visit_plan_submitted" CHECK ("state" = 'draft' OR "submitted_at" IS NOT NULL);
ALTER TABLE "visit" ADD CONSTRAINT "visit_minutes" CHECK ("minutes" BETWEEN 5 AND 1440);
ALTER TABLE "visit" ADD CONSTRAINT "visit_purposes" CHECK (cardinality("purposes") > 0);
-- VIS-05: what was not planned stands in no plan, and says why; what is not made any more says why.
ALTER TABLE "visit" ADD CONSTRAINT "visit_unplanned" CHECK (NOT "unplanned" OR ("plan_id" IS NULL AND "unplanned_reason" IS NOT NULL));
ALTER TABLE "visit" ADD CONSTRAINT "visit_lines" CHECK ("state" NOT IN ('draft', 'waiting', 'refused') OR "plan_id" IS NOT NULL);
ALTER TABLE "visit" ADD CONSTRAINT "visit_done" CHECK ("state" NOT IN ('done', 'reported') OR "arrived_at" IS NOT NULL);
ALTER TABLE "visit" ADD CONSTRAINT "visit_reported" CHECK ("state" <> 'reported' OR "reported_at" IS NOT NULL);
ALTER TABLE "visit_spending" ADD CONSTRAINT "visit_spending_money" CHECK ("price" >= 0 AND "quantity" >= 1 AND "total" = "price" * "quantity" AND "actual" >= 0);
ALTER TABLE "visit_authority" ADD CONSTRAINT "visit_authority_money" CHECK ("up_to" > 0);
ALTER TABLE "visit_report" ADD CONSTRAINT "visit_report_money" CHECK ("money_taken" > 0);
ALTER TABLE "visit_report" ADD CONSTRAINT "visit_report_reviewed" CHECK (("reviewed_at" IS NULL) = ("reviewed_by_id" IS NULL));
ALTER TABLE "offered_gift" ADD CONSTRAINT "offered_gift_worth" CHECK ("worth" >= 0);
ALTER TABLE "visit_template" ADD CONSTRAINT "visit_template_when" CHECK ("weekday" BETWEEN 1 AND 7 AND "time_of_day" BETWEEN 0 AND 1439
  AND ("week" BETWEEN 1 AND 5) = ("rhythm" IN ('monthly', 'quarterly')));
ALTER TABLE "promise" ADD CONSTRAINT "promise_from" CHECK (num_nonnulls("visit_id", "contact_record_id") <= 1);
ALTER TABLE "promise" ADD CONSTRAINT "promise_told" CHECK (("told_at" IS NULL) = ("told_way" IS NULL) AND ("told_at" IS NULL) = ("told_by_id" IS NULL));
ALTER TABLE "contact_month" ADD CONSTRAINT "contact_month_month" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "visit_assessment" ADD CONSTRAINT "visit_assessment_month" CHECK (extract(day FROM "month") = 1);
ALTER TABLE "visit_assessment" ADD CONSTRAINT "visit_assessment_score" CHECK ("score" BETWEEN 0 AND 100);
-- PPL-02: nobody signs the assessment of their own month.
ALTER TABLE "visit_assessment" ADD CONSTRAINT "visit_assessment_other" CHECK ("signed_by_id" <> "owner_id");

-- What waits for a report, found without reading what has one (VIS-06).
CREATE INDEX "visit_unreported" ON "visit" ("owner_id", "starts_at") WHERE "state" IN ('approved', 'done');
-- The list by its reports, walked and counted without reading the visits between: overdue, late, to be reviewed.
CREATE INDEX "visit_report_missing" ON "visit" ("starts_at" DESC, "id" DESC, "report_due_at")
  WHERE "reported_at" IS NULL AND "state" IN ('approved', 'done');
CREATE INDEX "visit_report_late" ON "visit" ("starts_at" DESC, "id" DESC) WHERE "reported_at" IS NOT NULL AND "report_late";
CREATE INDEX "visit_with_report" ON "visit" ("starts_at" DESC, "id" DESC, "owner_id") WHERE "state" = 'reported';
CREATE INDEX "visit_report_unreviewed" ON "visit_report" ("visit_id") WHERE "reviewed_at" IS NULL;

-- VIS-10, REL-01: who is due is walked by the day from which it is counted: the last contact, of who had none the day of the record.
CREATE INDEX "customer_due" ON "customer" ((coalesce("contacted_on", ("created_at" AT TIME ZONE 'Asia/Shanghai')::date)), "id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void';
CREATE INDEX "customer_due_grade_a" ON "customer" ((coalesce("contacted_on", ("created_at" AT TIME ZONE 'Asia/Shanghai')::date)), "id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';
CREATE INDEX "customer_due_manager" ON "customer" ((coalesce("manager_contacted_on", ("created_at" AT TIME ZONE 'Asia/Shanghai')::date)), "id")
  WHERE "withdrawn_at" IS NULL AND "life" <> 'lost' AND "life" <> 'void' AND "grade" = 'A';

-- Nothing of a visit is taken out again; what was offered and signed stays as it was written.
CREATE FUNCTION "keep_visit_line"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line of % stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "visit_plan_kept" BEFORE DELETE ON "visit_plan" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "visit_kept" BEFORE DELETE ON "visit" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "visit_report_kept" BEFORE DELETE ON "visit_report" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "visit_authority_kept" BEFORE DELETE ON "visit_authority" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "contact_record_kept" BEFORE DELETE ON "contact_record" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "promise_kept" BEFORE DELETE ON "promise" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "market_note_kept" BEFORE DELETE ON "market_note" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "offered_gift_kept" BEFORE UPDATE OR DELETE ON "offered_gift" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "contact_month_kept" BEFORE UPDATE OR DELETE ON "contact_month" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();
CREATE TRIGGER "visit_assessment_kept" BEFORE UPDATE OR DELETE ON "visit_assessment" FOR EACH ROW EXECUTE FUNCTION "keep_visit_line"();

-- VIS-06: when the report is due is the clock's to say, also after the calendar was changed.
CREATE FUNCTION "set_visit_report_due"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "visit" SET "report_due_at" = NEW."due_at" WHERE "id" = substring(NEW."subject" FROM 7)::bigint;
  RETURN NULL;
END $$;
CREATE TRIGGER "deadline_of_report" AFTER INSERT OR UPDATE OF "due_at" ON "deadline"
  FOR EACH ROW WHEN (NEW."kind" LIKE 'visit.report%' AND NEW."subject" ~ '^visit:[0-9]{1,18}$') EXECUTE FUNCTION "set_visit_report_due"();
