import "i18next";
import type app from "../app/texts/en.json";
import type appointments from "../features/appointments/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type booking from "../features/booking/texts/en.json";
import type contacts from "../features/contacts/texts/en.json";
import type home from "../features/home/texts/en.json";
import type medicines from "../features/medicines/texts/en.json";
import type privacy from "../features/privacy/texts/en.json";
import type record from "../features/record/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      auth: typeof auth;
      home: typeof home;
      appointments: typeof appointments;
      booking: typeof booking;
      contacts: typeof contacts;
      medicines: typeof medicines;
      privacy: typeof privacy;
      record: typeof record;
    };
  }
}
