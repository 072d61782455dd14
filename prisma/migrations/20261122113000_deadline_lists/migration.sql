-- A person's own clocks, beside those of the customers one sees; the customers' have no owner of their own.
CREATE INDEX "deadline_of_owner" ON "deadline" ("owner_id", "id") WHERE "owner_id" IS NOT NULL;

-- Most clocks never climb: an entry for each would be written anew at every mark of the sweep.
DROP INDEX "deadline_to_climb";
CREATE INDEX "deadline_to_climb" ON "deadline" ("next_step_at") WHERE "met_at" IS NULL AND "cancelled_at" IS NULL AND "paused_at" IS NULL AND "next_step_at" IS NOT NULL;

-- Few are paused at a time; looking for them must not go through all that run.
CREATE INDEX "deadline_paused" ON "deadline" ("due_at", "id") WHERE "paused_at" IS NOT NULL AND "met_at" IS NULL AND "cancelled_at" IS NULL;
