-- CUS-04: what a person recorded and has still to be confirmed, found without reading the trail.
CREATE INDEX "customer_recorded_by" ON "customer" ("created_by_id", "id") WHERE "standing" = 'provisional' AND "withdrawn_at" IS NULL AND "import_id" IS NULL;
