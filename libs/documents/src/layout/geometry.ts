/* A4 in points. */
export const PAGE_WIDTH = 595.28;
export const PAGE_HEIGHT = 841.89;

export const MARGIN = 51;
export const CONTENT_WIDTH = PAGE_WIDTH - 2 * MARGIN;

/** Where text may stand on a page: the footer lies below. */
export const BODY_TOP = 48;
export const BODY_BOTTOM = PAGE_HEIGHT - 64;
export const FOOTER_TOP = PAGE_HEIGHT - 48;

/** From the second page on a line that says whose document it is stands above the body. */
export const RUNNING_HEAD_HEIGHT = 30;
