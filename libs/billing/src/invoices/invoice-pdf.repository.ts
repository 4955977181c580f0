import { sql, type Statement } from '#database/statement';

export interface InvoicePdf {
  bytes: Uint8Array;
  sha256: string;
}

interface Revision {
  platformId: string;
  invoiceId: string;
  documentRevision: number;
}

/** The stored document of a revision; no row when it has not been printed yet. */
export function findInvoicePdf({ platformId, invoiceId, documentRevision }: Revision): Statement<InvoicePdf> {
  return sql<InvoicePdf>`
    SELECT bytes, sha256 FROM invoice_document
     WHERE platform_id = ${platformId} AND invoice_id = ${invoiceId} AND document_revision = ${documentRevision}::int`;
}

/** Stores the document of a revision, once: the first one printed stays (rule 12). */
export function storeInvoicePdf(
  { platformId, invoiceId, documentRevision }: Revision,
  pdf: InvoicePdf & { pages: number },
): Statement {
  return sql`
    INSERT INTO invoice_document (platform_id, invoice_id, document_revision, sha256, pages, bytes)
    VALUES (${platformId}, ${invoiceId}, ${documentRevision}::int, ${pdf.sha256}, ${pdf.pages}::int, ${pdf.bytes}::bytea)
    ON CONFLICT (platform_id, invoice_id, document_revision) DO NOTHING`;
}

/** Notes that a client was given the bytes: they are final from then on (e.80). */
export function markDownloaded({ platformId, invoiceId, documentRevision }: Revision): Statement {
  return sql`
    UPDATE invoice_document SET downloaded_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND invoice_id = ${invoiceId} AND document_revision = ${documentRevision}::int
       AND downloaded_at IS NULL`;
}
