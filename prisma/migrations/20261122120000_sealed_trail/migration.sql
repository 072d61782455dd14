-- CreateTable
CREATE TABLE "trail_seal" (
    "n" BIGINT NOT NULL,
    "form" SMALLINT NOT NULL,
    "entries" INTEGER NOT NULL,
    "total" BIGINT NOT NULL,
    "high_id" BIGINT NOT NULL,
    "ids" int8multirange NOT NULL,
    "digests" BYTEA NOT NULL,
    "horizon" xid8 NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "trail_seal_pkey" PRIMARY KEY ("n")
);

-- Hashes cannot be compressed.
ALTER TABLE "trail_seal" ALTER COLUMN "digests" SET STORAGE EXTERNAL;

-- AUD-02: seals are append-only like the lines they seal.
CREATE FUNCTION "trail_seal_append_only"() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'trail_seal is append-only (AUD-02)'; END $$;
CREATE TRIGGER "trail_seal_no_change" BEFORE UPDATE OR DELETE ON "trail_seal"
  FOR EACH ROW EXECUTE FUNCTION "trail_seal_append_only"();
CREATE TRIGGER "trail_seal_no_truncate" BEFORE TRUNCATE ON "trail_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION "trail_seal_append_only"();
