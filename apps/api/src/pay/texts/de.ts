import { type PayTexts } from './texts.js';

export const de: PayTexts = {
  language: 'de',
  dir: 'ltr',
  invoice: 'Rechnung',
  title: (number, seller) => (number ? `Rechnung ${number} von ${seller}` : `Rechnung von ${seller}`),
  billedTo: 'Für',
  toPay: 'Zu zahlender Betrag',
  due: (date) => `Zahlbar bis ${date}`,
  wasDue: (date) => `War fällig am ${date}`,
  overdue: 'Überfällig',
  invoiceNumber: 'Rechnungsnummer',
  invoiceDate: 'Rechnungsdatum',
  dueDate: 'Fällig am',
  total: 'Rechnungsbetrag',
  settled: 'Bereits beglichen',
  stillOpen: 'Noch zu zahlen',
  openInvoice: 'Rechnung ansehen (PDF)',
  payOnline: 'Online bezahlen',
  orByTransfer: 'Oder per Überweisung bezahlen',
  byTransfer: 'Per Überweisung bezahlen',
  transferHint: 'Übernehmen Sie diese Angaben in Ihre Banking-App.',
  account: (position, count) => `Konto ${position} von ${count}`,
  chooseAccount: 'Überweisen Sie den Betrag auf eines dieser Konten.',
  amount: 'Betrag',
  accountHolder: 'Kontoinhaber',
  iban: 'IBAN',
  bic: 'BIC',
  bank: 'Bank',
  accountNumber: 'Kontonummer',
  reference: 'Verwendungszweck',
  referenceHint: 'Bitte genau so angeben, damit wir Ihre Zahlung zuordnen können.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyNamed: (label) => `Kopieren: ${label}`,
  contactToPay: (seller) => `Bitte wenden Sie sich an ${seller}, um die Zahlung zu klären.`,
  paid: 'Diese Rechnung ist bezahlt',
  paidDetail: 'Es ist nichts mehr offen und Sie müssen nichts weiter tun. Vielen Dank.',
  nothingToPay: 'Es ist nichts zu zahlen',
  nothingToPayDetail: 'Auf diesem Beleg ist kein Betrag offen. Sie müssen nichts tun.',
  notPayable: 'Diese Rechnung kann hier nicht bezahlt werden',
  notPayableDetail: (seller) =>
    `Sie kann nicht mehr oder noch nicht bezahlt werden. Bitte überweisen Sie nichts und wenden Sie sich an ${seller}, falls Sie etwas anderes erwartet haben.`,
  questions: 'Fragen zu dieser Rechnung?',
  current:
    'Diese Seite zeigt, was in diesem Moment offen ist. Bis eine Überweisung hier erscheint, können einige Werktage vergehen.',
  problems: {
    UNKNOWN: {
      title: 'Diese Zahlungsseite wurde nicht gefunden',
      detail:
        'Möglicherweise ist die Adresse unvollständig, weil sie zum Beispiel in einer E-Mail abgeschnitten wurde.',
      advice:
        'Öffnen Sie den Link noch einmal aus der E-Mail, oder bitten Sie den Absender der Rechnung um einen neuen.',
    },
    EXPIRED: {
      title: 'Dieser Zahlungslink ist abgelaufen',
      detail: 'Zahlungslinks sind nur begrenzt gültig. An der Rechnung selbst ändert sich nichts.',
      advice:
        'Nutzen Sie den Link in der neuesten E-Mail zu dieser Rechnung, oder bitten Sie den Absender um einen neuen.',
    },
    REVOKED: {
      title: 'Dieser Zahlungslink wird nicht mehr verwendet',
      detail: 'Der Absender der Rechnung hat ihn zurückgezogen.',
      advice: 'Bitte zahlen Sie nicht über diesen Link. Wenden Sie sich bei Fragen an den Absender der Rechnung.',
    },
  },
};
