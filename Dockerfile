# The servers as they run for real: no root, no secret inside, nothing for development.
FROM node:24-bookworm-slim

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script needs to run: the packages bring their binaries
# (test/integration/workspaces.test.ts).
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY example ./example

# A new volume takes the owner and the mode of the folder it covers.
RUN mkdir -m 700 /data && chown node:node /data
USER node
VOLUME /data

# JWT_SECRET and the like are given at start (compose.yml):
# an image is no place for a secret.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    STORE_URL=level:/data
EXPOSE 1337 8000 8082

HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "--import", "./example/no-proxy.mjs", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 1337) + '/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# The session server; compose.yml has the commands of the other two.
# What `npm start` runs, without npm in between: node itself gets the SIGTERM, and closes the store.
CMD ["node", "--import", "./example/typescript.mjs", "example/sessions/server.ts"]
