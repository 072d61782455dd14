-- AlterTable
ALTER TABLE "trail_seal" ADD COLUMN "settled" xid8;
