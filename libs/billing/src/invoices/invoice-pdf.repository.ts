import { type Transaction } from '#database/database';

export interface InvoicePdf {
  bytes: Uint8Array;
  sha256: string;
}

interface Revision {
  platformId: string;
  invoiceId: string;
  documentRevision: number;
}

/** The stored document of a revision; null when it has not been printed yet. */
export async function findInvoicePdf(tx: Transaction, revision: Revision): Promise<InvoicePdf | null> {
  return tx.invoiceDocument.findUnique({
    where: { platformId_invoiceId_documentRevision: revision },
    select: { bytes: true, sha256: true },
  });
}

/**
 * Stores the document of a revision, once: the first one printed stays (rule 12).
 * @returns the hash of the one that is stored, which may be another than the one given.
 */
export async function storeInvoicePdf(
  tx: Transaction,
  { platformId, invoiceId, documentRevision }: Revision,
  pdf: InvoicePdf & { pages: number },
): Promise<string> {
  const [stored] = await tx.$queryRaw<{ sha256: string }[]>`
    INSERT INTO invoice_document AS d (platform_id, invoice_id, document_revision, sha256, pages, bytes)
    VALUES (${platformId}, ${invoiceId}, ${documentRevision}::int, ${pdf.sha256}, ${pdf.pages}::int, ${Buffer.from(pdf.bytes)}::bytea)
    ON CONFLICT (platform_id, invoice_id, document_revision) DO UPDATE SET sha256 = d.sha256
    RETURNING d.sha256`;
  if (!stored) throw new Error(`The document of invoice ${invoiceId} was not stored.`);
  return stored.sha256;
}

/** Notes that a client was given the bytes: they are final from then on (e.80). */
export async function markDownloaded(
  tx: Transaction,
  { platformId, invoiceId, documentRevision }: Revision,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE invoice_document SET downloaded_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND invoice_id = ${invoiceId} AND document_revision = ${documentRevision}::int
       AND downloaded_at IS NULL`;
}
