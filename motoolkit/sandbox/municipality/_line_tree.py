"""The line organisation of Nordby Kommune, as a list that reads like the tree.

``name | unit type | kind of work | leader``: an empty unit type is that of the depth, an empty kind of work
that of the unit above. Leader ``-``: no manager, inherited from above; ``*``: written with the planted cases;
else somebody of the staff.
"""

from __future__ import annotations

from typing import Final

LINE_TREE: Final = """
Nordby Kommune | kommune | a | *
  Borgmesterkontoret | | a | *
    Direktionssekretariatet
      Presse og Kommunikation
      Byrådssekretariatet
    Jura og Udbud
      Indkøb og Udbud
      Juridisk Team | | | -
  Børn, Unge og Læring | | s | *
    Center for Skole | | s | *
      Ravnsnæs Skole | skole | s | *
        Ravnsnæs Skole, indskoling
        Ravnsnæs Skole, udskoling
        SFO Solstrålen | | d
      Vig Skole | skole | s | *
        Vig Skole, mellemtrin
        Vig Skole, specialklasser
      Åvangskolen | skole | s | *
        Åvangskolen, indskoling | | | -
        Åvangskolen, udskoling | | | -
      Ørnhøj Skole | skole | s
        Ørnhøj Skole, indskoling
      Æblehaveskolen | skole | s | *
        Æblehaveskolen, 10. klasse | | | -
      Ungdomsskolen Nordby | skole | s | *
    Center for Dagtilbud | | d
      Børnehuset Tudsen | daginstitution | d | *
        Vuggestuen Haletudsen
        Børnehaven Skrubtudsen | | | -
      Skovbørnehaven Ege & Bøg | daginstitution | d
      Børnehaven Ålykken | daginstitution | d
      Vuggestuen Mælkevejen | daginstitution | d
      Dagplejen | | d
        Dagplejen, distrikt Øst
        Dagplejen, distrikt Vest | | | -
    Familieafdelingen | | b
      PPR – Pædagogisk Psykologisk Rådgivning | | s
      Børnerådgivningen | | b | *
      Sundhedsplejen | | p
  Social, Sundhed og Ældre | | p | *
    Center for Ældre | | p | *
      Hjemmeplejen Nord | | p
        Hjemmeplejen Nord, dagvagt
        Hjemmeplejen Nord, aftenvagt
        Hjemmeplejen Nord, nattevagt | | | -
      Hjemmeplejen Syd | | p
        Hjemmeplejen Syd, dagvagt
        Hjemmeplejen Syd, aftenvagt
      Plejecenter Søgården | plejecenter | p | *
        Søgården, afdeling Strand
        Søgården, afdeling Eng
      Plejecenter Åbrinken | plejecenter | p | *
        Åbrinken, stueetagen | | | -
        Åbrinken, demensafsnit | | | *
      Plejecenter Rønnebo | plejecenter | p | *
        Rønnebo, køkken | | d
    Center for Sundhed og Forebyggelse | | p | *
      Sygeplejen | | p
        Sygeplejeklinik Øst
        Sygeplejeklinik Vest
      Træning og Rehabilitering | | p
      Hjælpemiddeldepotet | | t
    Center for Handicap og Psykiatri | | p
      Bostedet Lærkehøj | plejecenter | p
        Lærkehøj, hus A
        Lærkehøj, hus B | | | -
      Støttecenter Fyrtårnet | | p
      Misbrugscenter Nordby | | b | *
  Beskæftigelse og Borgerservice | | b | *
    Jobcenter Nordby | | b
      Virksomhedsservice
      Ungeindsatsen
        Ungeindsatsen, uddannelsesvejledning
      Sygedagpenge
      Fleksjob og Førtidspension
    Borgerservice Nordby | | b | *
      Borgerbutikken
      Ydelseskontoret
      Kontrolenheden | | | -
    Kultur og Fritid | | k | *
      Nordby Bibliotek | | k
        Hovedbiblioteket
        Åbent Bibliotek Skrænten
      Nordby Musikskole | | k
      Svømmehallen Bølgen | | k
      Idræt og Haller | | t
      Nordby Museum og Arkiv | | k | *
  Teknik, Miljø og Klima | | t | *
    Plan og Byg | | t
      Byggesager
      Lokalplaner
    Natur og Miljø | | t
      Vandløb og Sø
      Virksomhedstilsyn
    Vej og Park | | t
      Materielgården
        Materielgården, vejhold
        Materielgården, grønt hold
      Parkering | | | -
  Økonomi, HR og Digitalisering | | a | *
    Økonomi og Analyse | | a
      Regnskab
      Budget
    HR og Løn | | a | *
      Lønkontoret
      Udvikling og Arbejdsmiljø
    It og Digitalisering | | a | *
      It-drift
        Servicedesk
        Drift\\Vagt | | | *
      Data og Integration
      Digital Udvikling | | | -
    Ejendomme | | t
      Rengøring
      Energi og Indeklima
"""

DEPTH_TYPES: Final = ("kommune", "direktoeromraade", "center", "afdeling", "team")
LEVELS: Final = ("NY6-niveau", "NY5-niveau", "NY4-niveau", "NY3-niveau", "afdelings-niveau")

JOBS: Final = {
    "a": ("2001", "2002", "2003", "2004", "2005", "2006", "2007", "2008"),
    "s": ("3001", "3001", "3001", "3002", "3003", "3004", "3005", "4001"),
    "d": ("4001", "4001", "4002", "4002", "4003", "4004"),
    "p": ("5001", "5001", "5002", "5002", "5003", "5004", "5005", "5006", "5007"),
    "t": ("6001", "6002", "6003", "6004", "6004", "6005"),
    "k": ("7001", "7002", "7003", "2004"),
    "b": ("7004", "7005", "7006", "7006", "2003"),
}
"""Job functions that a kind of work takes."""

PLACES: Final = (
    "Ålholm",
    "Birkemose",
    "Egevang",
    "Fjordbo",
    "Gærdet",
    "Hyldehøj",
    "Kærsgård",
    "Lyngby",
    "Møllebæk",
    "Nørremark",
    "Overbølle",
    "Porsehaven",
    "Ravnkilde",
    "Skovlund",
    "Tværhøj",
    "Udsigten",
    "Vesterhede",
    "Ydby",
    "Ærtebjerg",
    "Østervang",
)
"""Invented places that further units are named after as the municipality grows."""
