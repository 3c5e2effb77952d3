# A static binary in an empty image: nothing in it but Kaskad, its roots of
# trust for mail over TLS, and a user without rights.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /kaskad ./server \
    && mkdir /data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /kaskad /kaskad
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV KASKAD_ADDR=0.0.0.0:8080 KASKAD_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/kaskad", "health"]
ENTRYPOINT ["/kaskad"]
CMD ["serve"]
