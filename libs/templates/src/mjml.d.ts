/** The part of MJML 5 that we use; the package has no types of its own. */
declare module 'mjml' {
  interface MjmlOptions {
    validationLevel?: 'strict' | 'soft' | 'skip';
    ignoreIncludes?: boolean;
    keepComments?: boolean;
    /** Web fonts by family; those named here are fetched by the reader's client when a template uses them. */
    fonts?: Record<string, string>;
  }
  export default function mjml2html(source: string, options?: MjmlOptions): Promise<{ html: string }>;
}
