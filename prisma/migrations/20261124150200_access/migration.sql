-- Keys become a resource like the others.
ALTER TABLE "api_key" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "document" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "last_used_at" TIMESTAMPTZ(3),
ADD COLUMN     "reference" TEXT,
ADD COLUMN     "revision" BIGINT NOT NULL DEFAULT 1,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'ACTIVE',
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ALTER COLUMN "hash" DROP NOT NULL;

UPDATE "api_key" SET "status" = 'INACTIVE' WHERE NOT "active";
UPDATE "api_key" SET "document" = jsonb_strip_nulls(
  jsonb_build_object('description', "description", 'role_type', "role_type", 'status', "status")
);
ALTER TABLE "api_key" DROP COLUMN "active";

-- CreateTable
CREATE TABLE "role" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reference" TEXT,
    "name" TEXT,
    "document" JSONB NOT NULL,
    "revision" BIGINT NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "role_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "platform_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role_ids" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("platform_id","id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "private_jwk" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_attempt" (
    "subject" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "login_attempt_pkey" PRIMARY KEY ("subject")
);

-- CreateIndex
CREATE INDEX "api_key_platform_id_created_at_id_idx" ON "api_key"("platform_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "role_platform_id_created_at_id_idx" ON "role"("platform_id", "created_at" DESC, "id" DESC);

-- A name is free again when its role is deleted.
CREATE UNIQUE INDEX "role_name" ON "role"("platform_id", "name") WHERE "deleted_at" IS NULL;

-- CreateIndex
CREATE INDEX "app_user_username_idx" ON "app_user"("username");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_platform_id_username_key" ON "app_user"("platform_id", "username");
