# The portal on Debian 12, set up by the same script as a clone: system packages, hash-locked wheels, front end, fonts.
FROM debian:bookworm-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /srv/portal --shell /usr/sbin/nologin portal

WORKDIR /srv/portal
ENV PYTHONUTF8=1 LANG=C.UTF-8

# What changes seldom comes first, so that a change of the code builds in seconds.
COPY scripts/ scripts/
COPY requirements/ requirements/
COPY package.json package-lock.json .npmrc ./
RUN mkdir static && python3 -m scripts.install --no-database && rm -rf node_modules /var/lib/apt/lists/* ~/.cache ~/.npm

COPY . .
# Hashed names and compressed copies of the static files; the values are the build's own and worthless.
RUN python3 -m scripts.processes static \
    && mkdir -p /data/files /data/outbox var \
    && chown -R portal:portal /data var

USER portal
ENV PORTAL_ENV=production FILES_DIR=/data/files OUTBOX_DIR=/data/outbox
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python3", "-m", "scripts.processes"]
CMD ["web"]
