/** Codes of the error envelope (contract a.7) that this product answers with. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'IDEMPOTENCY_CHECK_FAILED'
  | 'INVALID_FIELD'
  | 'INVALID_ID'
  | 'INVALID_OPERATION'
  | 'INTERNAL_ERROR'
  | 'MISSING_FIELD'
  | 'MISSING_VERSION'
  | 'RESOURCE_ALREADY_EXISTS'
  | 'RESOURCE_NOT_FOUND'
  | 'UNABLE_TO_PROCESS_INSTRUCTIONS'
  | 'UNAUTHORISED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNSUPPORTED_VERSION'
  | 'USER_NOT_ALLOWED';

export interface ErrorDetails {
  /** Dotted path of the bad field, array positions as numbers: `invoice.overdue.periods.0.value`. */
  field?: string;
  resourceType?: string;
  resourceId?: string;
  /** Where the missing object was named: a path answers 404, a body 400. */
  foundIn?: 'path' | 'body';
  /** Seconds after which the same may be asked again; it was refused for nothing but having been asked too often. */
  retryAfter?: number;
  /** The same is being done right now for the same caller: the answer will be there in a moment. */
  inFlight?: boolean;
}

/** The caller asked for something we refuse. Carries no HTTP status: transport decides that. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }

  /** The object that the path names does not exist on this platform. */
  static notFound(resourceType: string, resourceId: string): DomainError {
    return new DomainError('RESOURCE_NOT_FOUND', `There is no ${words(resourceType)} ${resourceId} on this platform.`, {
      resourceType,
      resourceId,
      foundIn: 'path',
    });
  }

  /** An object that the body refers to in `field` does not exist on this platform. */
  static unknownReference(resourceType: string, resourceId: string, field: string): DomainError {
    return new DomainError(
      'RESOURCE_NOT_FOUND',
      `${field} names the ${words(resourceType)} ${resourceId}, which does not exist on this platform.`,
      { resourceType, resourceId, field, foundIn: 'body' },
    );
  }

  static invalidField(field: string, message: string): DomainError {
    return new DomainError('INVALID_FIELD', message, { field });
  }

  static missingField(field: string, message = `${field} is required.`): DomainError {
    return new DomainError('MISSING_FIELD', message, { field });
  }

  static invalidOperation(message: string, details: ErrorDetails = {}): DomainError {
    return new DomainError('INVALID_OPERATION', message, details);
  }

  static referenceTaken(resourceType: string, reference: string, field = 'reference'): DomainError {
    return new DomainError(
      'RESOURCE_ALREADY_EXISTS',
      `Another ${words(resourceType)} has the ${field} ${reference}; choose another one or update that one.`,
      { field, resourceType },
    );
  }
}

function words(resourceType: string): string {
  return resourceType.toLowerCase().replaceAll('_', ' ');
}
