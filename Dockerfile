# syntax=docker/dockerfile:1

# One image for api, worker and migrations; the command says which (docker-compose.yml).

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma ./prisma
# What the program reads beside its code: templates and fonts.
COPY --from=build /app/libs ./libs
# What it serves of the documentation.
COPY --from=build /app/docs ./docs
USER node
EXPOSE 8080
ENV PORT=8080
CMD ["node", "dist/apps/api/src/main.js"]
