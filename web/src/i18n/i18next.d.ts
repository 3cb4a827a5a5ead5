import "i18next";
import type app from "../app/texts/en.json";
import type appointments from "../features/appointments/texts/en.json";
import type audit from "../features/audit/texts/en.json";
import type auth from "../features/auth/texts/en.json";
import type booking from "../features/booking/texts/en.json";
import type breakGlass from "../features/break_glass/texts/en.json";
import type chat from "../features/chat/texts/en.json";
import type consulting from "../features/consulting/texts/en.json";
import type contacts from "../features/contacts/texts/en.json";
import type deleted from "../features/deleted/texts/en.json";
import type home from "../features/home/texts/en.json";
import type medicines from "../features/medicines/texts/en.json";
import type notices from "../features/notices/texts/en.json";
import type patients from "../features/patients/texts/en.json";
import type people from "../features/people/texts/en.json";
import type privacy from "../features/privacy/texts/en.json";
import type record from "../features/record/texts/en.json";
import type reports from "../features/reports/texts/en.json";
import type schedule from "../features/schedule/texts/en.json";
import type settings from "../features/settings/texts/en.json";
import type system from "../features/system/texts/en.json";
import type today from "../features/today/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    keySeparator: false;
    resources: {
      app: typeof app;
      appointments: typeof appointments;
      audit: typeof audit;
      auth: typeof auth;
      booking: typeof booking;
      break_glass: typeof breakGlass;
      chat: typeof chat;
      consulting: typeof consulting;
      contacts: typeof contacts;
      deleted: typeof deleted;
      home: typeof home;
      medicines: typeof medicines;
      notices: typeof notices;
      patients: typeof patients;
      people: typeof people;
      privacy: typeof privacy;
      record: typeof record;
      reports: typeof reports;
      schedule: typeof schedule;
      settings: typeof settings;
      system: typeof system;
      today: typeof today;
    };
  }
}
