"""The classes of Nordby Kommune as lists: facet, user_key, Danish name, scope."""

from __future__ import annotations

from typing import Final

FIXED_UUIDS: Final = {
    # MO matches association types that may have a deputy by UUID, in its own configuration.
    "Formand": "c1110000-0000-4000-8000-000000000001",
    "Næstformand": "c1110000-0000-4000-8000-000000000002",
    "AMR": "c1110000-0000-4000-8000-000000000004",
}

FACETS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "org_unit_type": (
        ("kommune", "Kommune"),
        ("direktoeromraade", "Direktørområde"),
        ("center", "Center"),
        ("afdeling", "Afdeling"),
        ("team", "Team"),
        ("skole", "Skole"),
        ("daginstitution", "Daginstitution"),
        ("plejecenter", "Plejecenter"),
        ("udvalg", "MED-udvalg"),
        ("amr-gruppe", "Arbejdsmiljøgruppe"),
        ("loenenhed", "Lønenhed"),
        ("ekstern", "Ekstern organisation"),
    ),
    "org_unit_level": (
        *((f"NY{n}-niveau", f"NY{n}-niveau") for n in range(1, 7)),
        ("afdelings-niveau", "Afdelings-niveau"),
    ),
    "time_planning": (
        ("arbejdstidsplaner", "Arbejdstidsplaner"),
        ("dannes_ikke", "Dannes ikke"),
        ("tjenestetid", "Tjenestetid"),
    ),
    "org_unit_hierarchy": (
        ("linjeorg", "Linjeorganisation"),
        ("MED", "MED-organisation"),
        ("loenorg", "Lønorganisation"),
        ("eksternorg", "Eksterne"),
    ),
    "engagement_type": (
        ("maanedsloen", "Månedslønnet"),
        ("timeloen", "Timelønnet"),
        ("elev", "Elev"),
        ("vikar", "Vikar"),
        ("ekstern", "Ekstern"),
        ("frivillig", "Frivillig"),
    ),
    "engagement_job_function": (),
    "engagement_job_function_bvn": (),
    "primary_type": (
        ("explicitly-primary", "Manuelt primær", "5000"),
        ("primary", "Primær", "3000"),
        ("non-primary", "Ikke primær", "0"),
    ),
    "association_type": (
        ("Formand", "Formand"),
        ("Næstformand", "Næstformand"),
        ("AMR", "Arbejdsmiljørepræsentant"),
        ("TR", "Tillidsrepræsentant"),
        ("Medlem", "Medlem"),
        ("Sekretær", "Sekretær"),
        ("Konsulent", "Ekstern konsulent"),
    ),
    "manager_type": (
        ("leder", "Leder"),
        ("medleder", "Medleder"),
        ("administrator", "Administrator"),
        ("koordinator", "Teamkoordinator"),
    ),
    "manager_level": (
        ("niveau1", "Niveau 1 – Direktion"),
        ("niveau2", "Niveau 2 – Direktør"),
        ("niveau3", "Niveau 3 – Centerchef"),
        ("niveau4", "Niveau 4 – Institutionsleder"),
        ("niveau5", "Niveau 5 – Teamleder"),
    ),
    "responsibility": (
        ("personaleledelse", "Personaleledelse"),
        ("administrativ-ansvarlig", "Administrativ ansvarlig"),
        ("uddannelsesansvarlig", "Uddannelsesansvarlig"),
        ("budgetansvarlig", "Budgetansvarlig"),
        ("arbejdsmiljoe", "Arbejdsmiljøansvarlig"),
    ),
    "leave_type": (
        ("barsel", "Barselsorlov"),
        ("syg", "Sygdom"),
        ("uddannelse", "Uddannelsesorlov"),
        ("tjenestefri", "Tjenestefri uden løn"),
    ),
    "visibility": (
        ("Intern", "Må vises internt", "INTERNAL"),
        ("Ekstern", "Må vises eksternt", "PUBLIC"),
        ("Hemmelig", "Hemmelig", "SECRET"),
    ),
    "employee_address_type": (
        ("EmailEmployee", "E-mail", "EMAIL"),
        ("EmailPrivat", "Privat e-mail", "EMAIL"),
        ("PhoneEmployee", "Telefon", "PHONE"),
        ("MobileEmployee", "Mobiltelefon", "PHONE"),
        ("PostEmployee", "Postadresse", "TEXT"),
        ("AdressePostEmployee", "Postadresse (DAR)", "DAR"),
        ("LocationEmployee", "Lokale", "TEXT"),
        ("LinkedIn", "Profilside", "WWW"),
    ),
    "org_unit_address_type": (
        ("EmailUnit", "E-mail", "EMAIL"),
        ("PhoneUnit", "Telefon", "PHONE"),
        ("PostUnit", "Postadresse", "TEXT"),
        ("AddressMailUnit", "Postadresse (DAR)", "DAR"),
        ("EAN", "EAN-nummer", "EAN"),
        ("p-nummer", "P-nummer", "PNUMBER"),
        ("WebUnit", "Hjemmeside", "WWW"),
        ("OpeningUnit", "Åbningstid", "MULTIFIELD_TEXT"),
    ),
    "engagement_address_type": (
        ("EmailEngagement", "E-mail i ansættelsen", "EMAIL"),
        ("PhoneEngagement", "Telefon i ansættelsen", "PHONE"),
    ),
    "manager_address_type": (("EmailManager", "E-mail, leder", "EMAIL"),),
    "role": (),
    "kle_number": (
        ("00.01", "00.01 Kommunens styrelse"),
        ("00.32", "00.32 Økonomistyring"),
        ("05.01", "05.01 Veje"),
        ("09.00", "09.00 Miljøbeskyttelse"),
        ("17.01", "17.01 Folkeskolen"),
        ("18.15", "18.15 Idræt og fritid"),
        ("20.00", "20.00 Biblioteker"),
        ("27.36", "27.36 Personlig hjælp og pleje"),
        ("28.06", "28.06 Dagtilbud"),
        ("81.00", "81.00 Kommunens personale"),
        ("85.02", "85.02 It og digitalisering"),
    ),
    "kle_aspect": (
        ("indsigt", "Indsigt"),
        ("udfoerer", "Udførende"),
        ("ansvarlig", "Ansvarlig"),
    ),
    "confederation": (),
    "trade_union": (),
}

Families = dict[str, tuple[str, dict[str, str]]]
"""Parent classes by user_key: the parent's name, then user_key and name of each child."""

JOB_GROUPS: Final[Families] = {
    "10": (
        "Ledelse",
        {
            "1001": "Kommunaldirektør",
            "1002": "Direktør",
            "1003": "Centerchef",
            "1004": "Afdelingsleder",
            "1005": "Teamleder",
            "1006": "Skoleleder",
            "1007": "Souschef",
            "1008": "Plejecenterleder",
        },
    ),
    "20": (
        "Administration",
        {
            "2001": "AC-fuldmægtig",
            "2002": "Specialkonsulent",
            "2003": "Assistent",
            "2004": "Sekretær",
            "2005": "It-konsulent",
            "2006": "Økonomikonsulent",
            "2007": "HR-konsulent",
            "2008": "Kontorelev",
        },
    ),
    "30": (
        "Undervisning",
        {
            "3001": "Lærer",
            "3002": "Børnehaveklasseleder",
            "3003": "Pædagogisk-psykologisk konsulent",
            "3004": "Skolesekretær",
            "3005": "Teknisk servicemedarbejder",
        },
    ),
    "40": (
        "Pædagogik",
        {"4001": "Pædagog", "4002": "Pædagogmedhjælper", "4003": "Køkkenassistent", "4004": "Dagplejer"},
    ),
    "50": (
        "Omsorg og sundhed",
        {
            "5001": "Social- og sundhedsassistent",
            "5002": "Social- og sundhedshjælper",
            "5003": "Sygeplejerske",
            "5004": "Ergoterapeut",
            "5005": "Fysioterapeut",
            "5006": "Sundhedsplejerske",
            "5007": "Afløser",
        },
    ),
    "60": (
        "Teknik og miljø",
        {
            "6001": "Ingeniør",
            "6002": "Landinspektør",
            "6003": "Gartner",
            "6004": "Specialarbejder",
            "6005": "Driftsleder",
        },
    ),
    "70": (
        "Kultur og borgerservice",
        {
            "7001": "Bibliotekar",
            "7002": "Musikskolelærer",
            "7003": "Livredder",
            "7004": "Jobkonsulent",
            "7005": "Borgerrådgiver",
            "7006": "Socialrådgiver",
        },
    ),
    "90": ("Øvrige", {"9001": "Byrådsmedlem", "9002": "Ekstern konsulent", "9003": "Frivillig"}),
}
TRADE_UNIONS: Final[Families] = {
    "FH": (
        "Fagbevægelsens Hovedorganisation",
        {"FOA": "FOA", "HK": "HK Kommunal", "BUPL": "BUPL", "DSR": "Dansk Sygeplejeråd", "3F": "3F"},
    ),
    "AC": ("Akademikerne", {"DJØF": "Djøf", "IDA": "Ingeniørforeningen"}),
    "LC": ("Lærernes Centralorganisation", {"DLF": "Danmarks Lærerforening"}),
}

ROLES: Final[dict[str, dict[str, str]]] = {
    "AD": {"ad-bruger": "Almindelig bruger", "ad-fjern": "Fjernadgang", "ad-admin": "Administrator"},
    "SKOLE-AD": {"skole-bruger": "Skolebruger", "skole-admin": "Skoleadministrator"},
    "EXCHANGE": {"postkasse": "Egen postkasse", "faelles": "Fællespostkasse"},
    "SD": {"sd-laes": "Læser løndata", "sd-indberet": "Indberetter løn"},
    "ROLLEKATALOG": {"rk-leder": "Leder", "rk-rettighed": "Rettighedsadministrator"},
    "FAGSYSTEM": {"fag-laerer": "Lærer", "fag-leder": "Skoleledelse"},
}
"""Roles by IT system."""
