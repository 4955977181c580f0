import { type WalletState } from '#billing/billing-state';

/** The wallet block of a trigger, as on the wire (b.4). */
export function walletPayload({ id, walletTypeId, customerReference, reference }: WalletState): object {
  return {
    wallet_type_id: walletTypeId,
    wallet_id: id,
    ...(customerReference === null ? {} : { customer_reference: customerReference }),
    ...(reference === null ? {} : { wallet_reference: reference }),
  };
}
