"""Who is no staff, told by a job title: students and their guardians, who stand in lists that a school's system gives out.

The rule: of the first part of a title (up to a comma, a bracket, or a word like "of") what counts is its last word, in English also behind a
hyphen; numbers and words like "grade" beside it do not count. "Grade 3 student", "Foster parent" and "Schüler der 4b" are none of the staff,
"Student support teacher", "Parent liaison" and "Head of student services" are. Who is left out wrongly can be put back by name.
"""

import re
import unicodedata


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = _set(
    """
    student students pupil pupils learner learners schoolchild schoolchildren child children kid kids parent parents guardian guardians carer carers
    caregiver caregivers mother mothers mum mom father fathers dad grandparent grandparents grandmother grandfather stepmother stepfather stepparent
    schüler schülerin schülerinnen schülerinnen schueler schuelerin mitschüler grundschüler grundschülerin kind kinder lernende lernender eltern
    elternteil mutter vater pflegemutter pflegevater pflegeeltern pflegekind großmutter großvater grossmutter grossvater erziehungsberechtigte
    erziehungsberechtigter sorgeberechtigte sorgeberechtigter vormund studentin studierende
    élève élèves eleve eleves étudiant étudiante étudiants étudiantes enfant enfants parente mère père grand-mère grand-père
    alumno alumna alumnos alumnas estudiante estudiantes niño niña niños niñas padre padres madre madres apoderado apoderada abuela abuelo
    leerling leerlingen scholier scholieren studente studenten kinderen ouder ouders moeder vader verzorger verzorgers voogd oma opa
    alunno alunna alunni alunne studentessa studenti allievo allieva allievi bambino bambina bambini genitore genitori mamma papà nonna nonno
    """
)
#: in these languages what something is stands first: "Élève CM2", "Alumna repetidora"
_FIRST = _set(
    "élève élèves eleve étudiant étudiante alumno alumna estudiante alunno alunna studentessa allievo allieva"
)
_PARTS = re.compile(
    r"[,;:/|()\[\]–—]|\s-\s|\b(?:of|in|at|for|from|with|and|to|der|des|die|das|den|dem|von|vom|in|im|und|aus|an|am|de|du|d['’]|à|en|et|del|della|dell['’]|di|da|y|e|van|het|uit|op|bij|für|pour|para|per|por|voor)(?:\s|(?<=['’]))",
    re.IGNORECASE,
)
_BESIDE = _set(
    "grade grades year yr class form key stage klasse klassenstufe stufe jahrgang jahrgangsstufe classe niveau groep klas leerjaar curso grado grupo classe sezione anno"
)
_LETTERS = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def is_not_staff(job_title: str) -> bool:
    for part in _PARTS.split(unicodedata.normalize("NFC", job_title).casefold()):
        words = [word for word in _LETTERS.findall(part) if _counts(word)]
        if words:
            return words[-1].rsplit("-", 1)[-1] in _WORDS or words[-1] in _WORDS or words[0] in _FIRST
    return False


def _counts(word: str) -> bool:
    """Not "4b", "grade", "A"."""
    return len(word) > 1 and word not in _BESIDE and not any(c.isdigit() for c in word)
