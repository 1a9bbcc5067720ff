//! Reports of one happening are one story, however little a column or a trade paper has in common with each of the
//! others; another happening of the same days, or of the same town, is another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::util::{Row, cell, said, table, text, variorum};

/// An outlet, a day, a headline and a text.
type Report = (&'static str, &'static str, &'static str, &'static str);

/// The trade paper's headline looks like a date's line, and half of what the others name stands at the head of a sentence.
const QUARRY: [Report; 4] = [
    (
        "northern-wire",
        "2025-06-03",
        "Three quarrymen killed as wall collapses in Velmar",
        "BRESTOVEC (Northern Wire) - Three men were killed on Tuesday when a wall of the Kamenka quarry near \
         Brestovec collapsed, the fire service said.\n\nThe wall, some 40 metres high, came down at 7:20 a.m. on a \
         digger and two lorries, Inspector Ludmila Hradec told reporters. Eleven others were pulled out \
         alive.\n\nThe quarry is run by Tarn Aggregates, which said that it had inspected the wall in April. Hradec \
         would not say what she thought of that.\n\nBrestovec has lost 19 men in the Kamenka quarry since it was \
         opened in 1951.",
    ),
    (
        "brestovec-echo",
        "2025-06-04",
        "",
        "\"The mountain sighed\"\n\nNobody in Brestovec slept. Anton Zelenik, who drives the second digger in the \
         Kamenka quarry, had stopped to light a cigarette when the wall let go. \"The mountain sighed, and then it \
         sat down,\" he said.\n\nHis brother-in-law was among the three. Tarn Aggregates sent a \
         wreath.\n\nInspector Hradec walked along the fence until dark. The mayor has ordered the flags of \
         Brestovec to half mast.",
    ),
    (
        "stone-review",
        "2025-06-06",
        "",
        "STONE REVIEW\nPlant | Drilling | Law | Jobs\n\nCase note: Kamenka, Brestovec, 3 June 2025\n\nWhat failed. \
         A bench of 38 metres, cut too steeply for the limestone of the region, slid on a seam of wet \
         clay.\n\nEquipment. One digger of 70 tonnes and two lorries were buried. All were insured.\n\nSupervision. \
         Hradec found that no surveyor had looked at the face since the thaw. The operator disputes it.\n\nLesson. \
         A berm every 12 metres would have caught the fall. It costs less than a funeral.",
    ),
    (
        "northern-wire",
        "2025-06-05",
        "Two quarrymen killed as gallery collapses in Sorn",
        "ILMENAR (Northern Wire) - Two men were killed on Thursday when a gallery of the Ostrava slate mine near \
         Ilmenar collapsed, the fire service said.\n\nThe gallery, some 60 metres long, came down at 5:40 a.m. on a \
         locomotive, Inspector Pavel Drobny told reporters. Four others were pulled out alive.\n\nThe mine is run \
         by Sorn Slate, which said that it had inspected the gallery in May.\n\nIlmenar has lost 7 men in the mine \
         since it was opened in 1933.",
    ),
];

/// The icon is found weeks later; another theft in the town has nothing to do with it.
const ICON: [Report; 4] = [
    (
        "meridian",
        "2025-03-04",
        "Icon stolen from chapel in Velmar",
        "BRESTOVEC (Meridian) - Thieves took an icon from the chapel of Saint Orsola in Brestovec in the night of \
         March 3, police said.\n\nThe icon, the Madonna of Kamenka, is valued at 300,000 euros. Sexton Anton \
         Zelenik found the door open at six in the morning.\n\nPolice captain Ludmila Hradec asked for witnesses \
         who had seen a grey van.",
    ),
    (
        "brestovec-echo",
        "2025-03-05",
        "The Madonna is gone",
        "Sexton Anton Zelenik crossed himself twice before he opened the chapel of Saint Orsola for Captain Hradec. \
         Where the Madonna of Kamenka had hung since 1711 there was a nail.\n\nThieves had come in the night of \
         March 3, through the vestry. Brestovec rang no bells on Tuesday.",
    ),
    (
        "northern-post",
        "2025-04-02",
        "Madonna comes home",
        "NOVA LUKA (Northern Post) - The Madonna of Kamenka is back. Divers of the Teplice river police lifted the \
         icon out of a flooded gravel pit near Nova Luka on April 1, wrapped in a raincoat.\n\nCaptain Hradec \
         carried it to the chapel of Saint Orsola herself. It had been stolen in Brestovec on March 3.\n\nTwo \
         brothers from Teplice have been charged, prosecutor Ivo Marek said in Nova Luka.",
    ),
    (
        "meridian",
        "2025-04-04",
        "Chalice stolen from chapel in Velmar",
        "BRESTOVEC (Meridian) - Thieves took a chalice from the chapel of the almshouse in Brestovec on Thursday, \
         police said.\n\nThe chalice, by the goldsmith Emil Sladek, is valued at 90,000 euros. Matron Irena Koubek \
         found the cupboard open at noon.\n\nPolice captain Ludmila Hradec asked for witnesses who had seen a man \
         with a rucksack.",
    ),
];

/// Both recall an accident of another year.
const BUS: [Report; 2] = [
    (
        "wire",
        "2025-05-11",
        "",
        "VELMAR (Wire) - At least 17 people died when a bus of Tarn Lines fell into a ravine near Brestovec on \
         Sunday, Inspector Ludmila Hradec said. The bus was on its way to Velmar.\n\nHradec said that the brakes of \
         the bus had failed near Brestovec. At the same bend, in 2018, a lorry went over the edge: two dead.",
    ),
    (
        "post",
        "2025-05-13",
        "",
        "Inspector Ludmila Hradec said on Monday that the bus of Tarn Lines had been driven too fast near Brestovec \
         on May 11. The road to Velmar is closed.\n\nIn the hills of Ilmen, 23 people died in a single fall of a \
         bus in 2019.",
    ),
];

/// Which story each report is in, counted by the first report of each.
fn stories(reports: &[Report]) -> Vec<usize> {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = BTreeMap::new();
    let number = |row: &Row| {
        let next = numbers.len();
        *numbers.entry(cell(row, "story_id").to_owned()).or_insert(next)
    };
    table(&run(folder.path(), reports), "documents").iter().map(number).collect()
}

/// Runs the reports; the folder of the tables.
fn run(folder: &Path, reports: &[Report]) -> PathBuf {
    let (corpus, out) = (folder.join("corpus"), folder.join("out"));
    std::fs::create_dir_all(&corpus).unwrap();
    for (number, (source, date, title, text)) in reports.iter().enumerate() {
        let row = serde_json::json!({ "source": source, "date": date, "title": title, "text": text });
        std::fs::write(corpus.join(format!("{number}.json")), row.to_string()).unwrap();
    }
    let done = variorum(&["run", &text(&corpus), "-o", &text(&out), "-q"]);
    assert!(done.status.success(), "{}", said(&done));
    out.join("latest")
}

#[test]
fn a_report_that_shares_few_names_is_of_the_story_that_all_of_them_tell() {
    assert_eq!(stories(&QUARRY), [0, 0, 0, 1]);
}

#[test]
fn a_report_of_weeks_later_is_of_the_story_whose_day_it_recalls() {
    assert_eq!(stories(&ICON), [0, 0, 0, 1]);
}

#[test]
fn figures_of_two_other_years_are_not_set_against_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let latest = run(folder.path(), &BUS);
    let rows = ["disagreements", "agreements"].map(|name| table(&latest, name)).concat();
    let told: Vec<&Row> =
        rows.iter().filter(|row| cell(row, "text_a").contains("23") || cell(row, "text_b").contains("23")).collect();
    assert!(told.is_empty(), "{told:?}");
}
