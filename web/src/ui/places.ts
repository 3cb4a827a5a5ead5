/** Pages that several features lead to. The router's types learn of each with its feature. */
import type { LinkProps } from "@tanstack/react-router";

type To = NonNullable<LinkProps["to"]>;

export function conversationPlace(roomId: string): To {
  return `/messages/${roomId}` as To;
}

export function appointmentPlace(appointmentId: string): To {
  return `/appointments/${appointmentId}` as To;
}

export function consultationPlace(consultationId: string): To {
  return `/consultations/${consultationId}` as To;
}

export function patientPlace(patientId: string): To {
  return `/patients/${patientId}` as To;
}
