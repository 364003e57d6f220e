FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /out/confbot . \
 && cp /etc/ssl/certs/ca-certificates.crt /out/ca-certificates.crt \
 && mkdir -p /out/data

FROM scratch
COPY --from=build /out/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/confbot /confbot
COPY --from=build --chown=65532:65532 /out/data /data
ENV CONF_DATABASE_URL=sqlite:/data/confbot.db \
    CONF_HTTP_ADDR=:9090
USER 65532:65532
VOLUME /data
EXPOSE 9090
# Slack clicks in flight are finished first: stop with a grace of 30 seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/confbot", "healthcheck"]
ENTRYPOINT ["/confbot"]
