-- CreateEnum
CREATE TYPE "regulation_change_state" AS ENUM ('drafted', 'waiting', 'approved', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "rule_effect" AS ENUM ('stopped', 'reminded', 'breached');

-- CreateEnum
CREATE TYPE "calendar_origin" AS ENUM ('statutory', 'company');

-- CreateEnum
CREATE TYPE "deadline_unit" AS ENUM ('working_day', 'working_hour', 'hour', 'day', 'month', 'moment');

-- CreateEnum
CREATE TYPE "deadline_event_kind" AS ENUM ('soon', 'overdue', 'met', 'paused', 'resumed', 'cancelled', 'recomputed', 'escalated');

-- CreateEnum
CREATE TYPE "mail_choice" AS ENUM ('none', 'each', 'digest');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('waiting', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('open', 'done', 'withdrawn');

-- CreateEnum
CREATE TYPE "verification_way" AS ENUM ('call', 'visit', 'document', 'public_record', 'customer_said', 'message');

-- CreateEnum
CREATE TYPE "job_outcome" AS ENUM ('running', 'done', 'failed', 'stopped');

-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "email" TEXT;

-- CreateTable
CREATE TABLE "regulation_change" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "state" "regulation_change_state" NOT NULL DEFAULT 'drafted',
    "preset" "trade",
    "reason" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "drafted_by_id" BIGINT NOT NULL,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" BIGINT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "regulation_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "regulation_version" (
    "id" BIGSERIAL NOT NULL,
    "change_id" BIGINT NOT NULL,
    "rule" TEXT NOT NULL,
    "n" INTEGER,
    "values" JSONB NOT NULL,
    "replaces" JSONB NOT NULL,
    "in_force_at" TIMESTAMPTZ(3),

    CONSTRAINT "regulation_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rule" TEXT NOT NULL,
    "effect" "rule_effect" NOT NULL,
    "place" TEXT NOT NULL,
    "subject" TEXT,
    "actor_id" BIGINT,
    "n" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rule_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "day" DATE NOT NULL,
    "origin" "calendar_origin" NOT NULL,
    "working" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("day","origin")
);

-- CreateTable
CREATE TABLE "calendar_year" (
    "year" INTEGER NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "calendar_year_pkey" PRIMARY KEY ("year")
);

-- CreateTable
CREATE TABLE "deadline" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "customer_id" BIGINT,
    "owner_id" BIGINT,
    "rule" TEXT NOT NULL,
    "regulation_version_id" BIGINT,
    "amount" INTEGER NOT NULL,
    "unit" "deadline_unit" NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "soon_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "met_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "breached_at" TIMESTAMPTZ(3),
    "soon_noted_at" TIMESTAMPTZ(3),
    "overdue_noted_at" TIMESTAMPTZ(3),
    "climbed" INTEGER NOT NULL DEFAULT 0,
    "next_step_at" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_pause" (
    "id" BIGSERIAL NOT NULL,
    "deadline_id" BIGINT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "deadline_pause_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_event" (
    "id" BIGSERIAL NOT NULL,
    "deadline_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "deadline_event_kind" NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "deadline_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" TEXT,
    "subject" TEXT NOT NULL,
    "href" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "deadline_id" BIGINT,
    "read_at" TIMESTAMPTZ(3),
    "mail_by" "mail_choice",
    "mail_id" BIGINT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" BIGSERIAL NOT NULL,
    "staff_id" BIGINT NOT NULL,
    "address" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" "mail_state" NOT NULL DEFAULT 'waiting',
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "tried_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_choice" (
    "staff_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "mail" "mail_choice" NOT NULL,

    CONSTRAINT "notice_choice_pkey" PRIMARY KEY ("staff_id","kind")
);

-- CreateTable
CREATE TABLE "task" (
    "id" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "note" TEXT,
    "owner_id" BIGINT NOT NULL,
    "created_by_id" BIGINT NOT NULL,
    "origin" TEXT,
    "customer_id" BIGINT,
    "due_on" DATE NOT NULL,
    "state" "task_state" NOT NULL DEFAULT 'open',
    "result" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "part" TEXT NOT NULL,
    "way" "verification_way",
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" BIGINT NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "id" BIGSERIAL NOT NULL,
    "job" TEXT NOT NULL,
    "subject" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" "job_outcome" NOT NULL DEFAULT 'running',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "error" TEXT,
    "progress" JSONB,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "regulation_change_number_key" ON "regulation_change"("number");

-- CreateIndex
CREATE INDEX "regulation_change_state_idx" ON "regulation_change"("state");

-- CreateIndex
CREATE UNIQUE INDEX "regulation_version_rule_n_key" ON "regulation_version"("rule", "n");

-- CreateIndex
CREATE UNIQUE INDEX "regulation_version_change_id_rule_key" ON "regulation_version"("change_id", "rule");

-- CreateIndex
CREATE INDEX "rule_event_rule_at_idx" ON "rule_event"("rule", "at" DESC);

-- CreateIndex
CREATE INDEX "rule_event_at_idx" ON "rule_event"("at");

-- CreateIndex
CREATE INDEX "deadline_customer_id_idx" ON "deadline"("customer_id");

-- CreateIndex
CREATE INDEX "deadline_subject_idx" ON "deadline"("subject");

-- CreateIndex
CREATE INDEX "deadline_pause_deadline_id_idx" ON "deadline_pause"("deadline_id");

-- CreateIndex
CREATE INDEX "deadline_event_deadline_id_idx" ON "deadline_event"("deadline_id");

-- CreateIndex
CREATE INDEX "notice_staff_id_id_idx" ON "notice"("staff_id", "id" DESC);

-- CreateIndex
CREATE INDEX "notice_deadline_id_idx" ON "notice"("deadline_id");

-- CreateIndex
CREATE INDEX "notice_mail_id_idx" ON "notice"("mail_id");

-- CreateIndex
CREATE INDEX "mail_staff_id_id_idx" ON "mail"("staff_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "task_number_key" ON "task"("number");

-- CreateIndex
CREATE INDEX "task_owner_id_state_due_on_idx" ON "task"("owner_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "task_customer_id_idx" ON "task"("customer_id");

-- CreateIndex
CREATE INDEX "task_created_by_id_idx" ON "task"("created_by_id");

-- CreateIndex
CREATE INDEX "verification_customer_id_part_at_idx" ON "verification"("customer_id", "part", "at" DESC);

-- CreateIndex
CREATE INDEX "job_run_job_id_idx" ON "job_run"("job", "id" DESC);

-- CreateIndex
CREATE INDEX "job_run_started_at_idx" ON "job_run"("started_at");

-- AddForeignKey
ALTER TABLE "regulation_change" ADD CONSTRAINT "regulation_change_drafted_by_id_fkey" FOREIGN KEY ("drafted_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regulation_change" ADD CONSTRAINT "regulation_change_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regulation_version" ADD CONSTRAINT "regulation_version_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "regulation_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_regulation_version_id_fkey" FOREIGN KEY ("regulation_version_id") REFERENCES "regulation_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_pause" ADD CONSTRAINT "deadline_pause_deadline_id_fkey" FOREIGN KEY ("deadline_id") REFERENCES "deadline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_event" ADD CONSTRAINT "deadline_event_deadline_id_fkey" FOREIGN KEY ("deadline_id") REFERENCES "deadline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_choice" ADD CONSTRAINT "notice_choice_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One clock of a kind runs for a subject at a time; what ended stays beside it.
CREATE UNIQUE INDEX "deadline_open_once" ON "deadline" ("subject", "kind") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL;
-- What the sweep looks for, and nothing else: these stay small however many deadlines there were (CAL-02).
CREATE INDEX "deadline_to_warn" ON "deadline" ("soon_at") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "paused_at" IS NULL AND "soon_noted_at" IS NULL;
CREATE INDEX "deadline_to_tell" ON "deadline" ("due_at") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "paused_at" IS NULL AND "overdue_noted_at" IS NULL;
CREATE INDEX "deadline_to_climb" ON "deadline" ("next_step_at") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "paused_at" IS NULL;
CREATE INDEX "deadline_running" ON "deadline" ("due_at", "id") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL;
CREATE INDEX "deadline_soon_of_kind" ON "deadline" ("kind", "soon_at", "customer_id") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL;
CREATE INDEX "deadline_of_kind" ON "deadline" ("kind", "due_at", "id") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL;

ALTER TABLE "deadline" ADD CONSTRAINT "deadline_ends_once" CHECK ("met_at" IS NULL OR "cancelled_at" IS NULL);
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_order" CHECK ("soon_at" <= "due_at" AND "started_at" <= "due_at");
CREATE UNIQUE INDEX "deadline_pause_once" ON "deadline_pause" ("deadline_id") WHERE "until_at" IS NULL;
ALTER TABLE "deadline_pause" ADD CONSTRAINT "deadline_pause_order" CHECK ("until_at" >= "from_at");

-- A breach is a fact: it is written once, and never taken back or moved.
CREATE FUNCTION "keep_breach"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."breached_at" IS NOT NULL AND NEW."breached_at" IS DISTINCT FROM OLD."breached_at" THEN
    RAISE EXCEPTION 'a breach of deadline % stays as it is recorded', OLD."id";
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "deadline_breach_kept" BEFORE UPDATE ON "deadline" FOR EACH ROW EXECUTE FUNCTION "keep_breach"();

-- PPL-02: nobody decides a change that they drafted; decided means by whom and when.
ALTER TABLE "regulation_change" ADD CONSTRAINT "regulation_change_two_people" CHECK ("decided_by_id" <> "drafted_by_id");
ALTER TABLE "regulation_change" ADD CONSTRAINT "regulation_change_decided" CHECK (
  ("decided_by_id" IS NULL) = ("decided_at" IS NULL));

-- What waits to be mailed, and what has not been read.
CREATE INDEX "notice_to_mail" ON "notice" ("mail_by", "staff_id") WHERE "mail_by" IS NOT NULL AND "mail_id" IS NULL;
CREATE INDEX "notice_unread" ON "notice" ("staff_id") WHERE "read_at" IS NULL;
CREATE INDEX "mail_waiting" ON "mail" ("id") WHERE "state" = 'waiting';
-- One reminder of a step of a deadline to one person, however many processes sweep.
CREATE UNIQUE INDEX "notice_deadline_once" ON "notice" ("deadline_id", "staff_id", "kind", ("params"->>'step')) WHERE "deadline_id" IS NOT NULL;

ALTER TABLE "task" ADD CONSTRAINT "task_ended" CHECK (("state" = 'open') = ("ended_at" IS NULL));
CREATE UNIQUE INDEX "staff_email_once" ON "staff" (lower("email")) WHERE "email" IS NOT NULL AND "state" = 'active';
