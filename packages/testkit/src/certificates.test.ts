import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createAuthority } from "./certificates.ts";

test("an issued certificate has its names and dates and is signed by its authority", () => {
  const authority = createAuthority("ca");
  const notBefore = Date.UTC(2030, 0, 1);
  const { certificate } = authority.issue({
    commonName: "alice",
    organizations: ["dev", "ops"],
    names: ["garden.example", "127.0.0.1"],
    notBefore,
    notAfter: Date.UTC(2050, 0, 1),
  });
  const own = new X509Certificate(authority.certificate);
  const { subject, issuer, subjectAltName, validFrom, validTo } = new X509Certificate(certificate);
  expect({ subject, issuer, subjectAltName, validFrom, validTo }).toEqual({
    subject: "O=dev\nO=ops\nCN=alice",
    issuer: "CN=ca",
    subjectAltName: "DNS:garden.example, IP Address:127.0.0.1",
    validFrom: "Jan  1 00:00:00 2030 GMT",
    validTo: "Jan  1 00:00:00 2050 GMT",
  });
  expect(new X509Certificate(certificate).verify(own.publicKey)).toBe(true);
  expect({ ca: own.ca, issued: new X509Certificate(certificate).checkIssued(own) }).toEqual({ ca: true, issued: true });
});
