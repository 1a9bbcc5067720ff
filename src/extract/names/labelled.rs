//! Own sentences over many subjects, each with the entities that it names: P person,
//! O organisation, L place, V venue, D people or adjective, X other thing.

/// Text and its entities in the order of their first mention, joined by `; `.
pub(super) const LABELLED: &[(&str, &str)] = &[
    // Disasters.
    (
        "The ferry Aurora Dawn sank off Mombasa, said Kenya Maritime Authority chief Grace Wanjiru.",
        "X Aurora Dawn; L Mombasa; O Kenya Maritime Authority; P Grace Wanjiru",
    ),
    (
        "Hurricane Odette struck Florida overnight and killed nine people in Tampa.",
        "X Hurricane Odette; L Florida; L Tampa",
    ),
    ("A magnitude 6.1 quake hit northern Chile, the U.S. Geological Survey said.", "L Chile; O U.S. Geological Survey"),
    ("Fire chief Paul Demirel said the blaze began at Larkfield Mill.", "P Paul Demirel; V Larkfield Mill"),
    ("Rescuers pulled Ana Souza, 34, from the rubble in Recife.", "P Ana Souza; L Recife"),
    ("Flight 212 of Blue Crane Airways crashed near Kathmandu.", "X Flight 212; O Blue Crane Airways; L Kathmandu"),
    (
        "Survivors were taken to St. Agnes Hospital, where Dr. Lena Moss treated them.",
        "V St. Agnes Hospital; P Lena Moss",
    ),
    ("The Red Cross sent blankets to Malawi and Mozambique.", "O Red Cross; L Malawi; L Mozambique"),
    ("Prime Minister Tomas Berg visited the flooded town of Eskilstuna.", "P Tomas Berg; L Eskilstuna"),
    ("Volcano watchers at Mount Tarn warned villagers in Java.", "L Mount Tarn; L Java"),
    ("Mayor Ida Holm thanked the Bergen Fire Department.", "P Ida Holm; O Bergen Fire Department"),
    (
        "Miners trapped in the Black Ridge Mine were freed, President Joaquin Ortega said.",
        "V Black Ridge Mine; P Joaquin Ortega",
    ),
    // Tags, brackets and torn links.
    ("Rep. Clara Lind, D-N.Y., and Sen. Nils Holm (R-Ariz.) spoke.", "P Clara Lind; P Nils Holm"),
    (
        "“If [Defense Secretary Gen. Nils] Holm gets the papers, we agree,” says Clara Lind.",
        "P Nils Holm; P Clara Lind",
    ),
    ("Defense Secretary Mark Holm Mark HolmStorm: no leave for crews said Monday that he agrees.", ""),
    // Courts and crime.
    (
        "Judge Helen Marsh sentenced Victor Crane to nine years at Leeds Crown Court.",
        "P Helen Marsh; P Victor Crane; O Leeds Crown Court",
    ),
    ("The Supreme Court rejected an appeal by Northgate Holdings Ltd.", "O Supreme Court; O Northgate Holdings Ltd"),
    (
        "Prosecutor Jean-Luc Moreau accused the former banker, Pieter van der Meer, of fraud.",
        "P Jean-Luc Moreau; P Pieter van der Meer",
    ),
    ("Police in Lagos arrested Chinedu Okafor and his brother Emeka.", "L Lagos; P Chinedu Okafor; P Emeka"),
    (
        "Attorney General Rosa Lindqvist asked the High Court of Uganda to free him.",
        "P Rosa Lindqvist; O High Court of Uganda",
    ),
    ("Detective Sergeant Amy Poole told the jury that Mr. Reed had lied.", "P Amy Poole; P Reed"),
    ("Mr. Haddad, a dentist from Beirut, denied the charges.", "P Haddad; L Beirut"),
    ("The FBI searched the offices of Delmar Capital in Chicago.", "O FBI; O Delmar Capital; L Chicago"),
    ("Abdullah al-Rashid was extradited from Turkey to Italy.", "P Abdullah al-Rashid; L Turkey; L Italy"),
    ("The European Court of Human Rights ruled against Hungary.", "O European Court of Human Rights; L Hungary"),
    ("Lawyer Carmen Ruiz said her client, Luis Peralta, was innocent.", "P Carmen Ruiz; P Luis Peralta"),
    // Sport.
    (
        "Striker Marco Bellini scored twice as Torvale United beat Ashby Rovers 3-1.",
        "P Marco Bellini; O Torvale United; O Ashby Rovers",
    ),
    ("Kenyan runner Faith Chebet won the Boston Marathon on Monday.", "D Kenyan; P Faith Chebet; X Boston Marathon"),
    ("Coach Ingrid Solberg left Norway's women's team after the World Cup.", "P Ingrid Solberg; L Norway; X World Cup"),
    ("Ji Sung Park joined the club from Suwon.", "P Ji Sung Park; L Suwon"),
    ("The Denver Hawks traded quarterback Troy Maddox to Cleveland.", "O Denver Hawks; P Troy Maddox; L Cleveland"),
    ("Rafael Ibanez met Yuki Tanaka in the final of the Lisbon Open.", "P Rafael Ibanez; P Yuki Tanaka; X Lisbon Open"),
    ("The match at Oakfield Stadium drew 41,000, said FIFA.", "V Oakfield Stadium; O FIFA"),
    ("Formula One driver Niko Rautio crashed in Monaco.", "X Formula One; P Niko Rautio; L Monaco"),
    ("India lost to New Zealand by four wickets in Auckland.", "L India; L New Zealand; L Auckland"),
    ("Goalkeeper Sam Whitlock, 23, signed for Dunmore Athletic.", "P Sam Whitlock; O Dunmore Athletic"),
    // Business.
    ("Brightwater Foods agreed to buy Harrow Steel for $2 billion.", "O Brightwater Foods; O Harrow Steel"),
    ("Chief executive Nadia Rahman said Solvix Inc. would cut 900 jobs.", "P Nadia Rahman; O Solvix Inc"),
    (
        "Shares of Kestrel Motors rose 4 percent on the New York Stock Exchange.",
        "O Kestrel Motors; O New York Stock Exchange",
    ),
    ("The Bank of England raised rates, Governor Alan Price announced.", "O Bank of England; P Alan Price"),
    ("Toyota will open a plant in Kentucky, the company said.", "O Toyota; L Kentucky"),
    (
        "Elena Petrova, an analyst at Sterling Securities, called it a surprise.",
        "P Elena Petrova; O Sterling Securities",
    ),
    (
        "The U.S. Securities and Exchange Commission fined Pallas Group AG.",
        "O U.S. Securities and Exchange Commission; O Pallas Group AG",
    ),
    (
        "Founder Wei Zhang stepped down from Lumen Technologies in Shenzhen.",
        "P Wei Zhang; O Lumen Technologies; L Shenzhen",
    ),
    ("Saudi Arabia and Russia agreed to cut output, OPEC said.", "L Saudi Arabia; L Russia; O OPEC"),
    ("The German carmaker's chairman, Dieter Vogel, will retire in May.", "D German; P Dieter Vogel"),
    ("Marks & Spencer closed its shop in Leeds.", "O Marks & Spencer; L Leeds"),
    ("Ministers from Brazil met executives of Corvale SA in Brasília.", "L Brazil; O Corvale SA; L Brasília"),
    // Elections and politics.
    ("Opposition leader Amadou Diallo won 52 percent of the vote in Senegal.", "P Amadou Diallo; L Senegal"),
    ("The Green Party chose Katrin Weiss as its candidate for chancellor.", "O Green Party; P Katrin Weiss"),
    ("Senator Dale Whitcombe, a Republican from Ohio, opposed the bill.", "P Dale Whitcombe; D Republican; L Ohio"),
    (
        "The Electoral Commission of Ghana declared Kofi Mensah the winner.",
        "O Electoral Commission of Ghana; P Kofi Mensah",
    ),
    (
        "Sweden's Social Democrats lost seats in Malmö and Gothenburg.",
        "L Sweden; O Social Democrats; L Malmö; L Gothenburg",
    ),
    ("Gov. Rick Palmer signed the Clean Rivers Act on Tuesday.", "P Rick Palmer; X Clean Rivers Act"),
    (
        "Lord Ashworth told the House of Lords that Labour would vote against it.",
        "P Ashworth; O House of Lords; O Labour",
    ),
    (
        "The Ministry of Health and Welfare named Dr. Soo-jin Han its new director.",
        "O Ministry of Health and Welfare; P Soo-jin Han",
    ),
    ("In Lima, thousands marched against President Rosa Quispe.", "L Lima; P Rosa Quispe"),
    (
        "Congress passed the Fair Wages Bill after Speaker Tim Doyle intervened.",
        "O Congress; X Fair Wages Bill; P Tim Doyle",
    ),
    ("Former president Paulo Teixeira endorsed Beatriz Amaral.", "P Paulo Teixeira; P Beatriz Amaral"),
    ("Scottish First Minister Fiona Kerr met union leaders in Glasgow.", "D Scottish; P Fiona Kerr; L Glasgow"),
    // Diplomacy.
    (
        "Foreign Minister Han Mi Rae flew to Geneva for talks with the European Union.",
        "P Han Mi Rae; L Geneva; O European Union",
    ),
    ("South Korean President Lim Dae-jung will visit Vietnam next week.", "D South Korean; P Lim Dae-jung; L Vietnam"),
    (
        "China's leader, Liang Wen, wrote to Indian Prime Minister Arjun Mehta.",
        "L China; P Liang Wen; D Indian; P Arjun Mehta",
    ),
    ("Kremlin spokesman Oleg Baranov declined to comment.", "O Kremlin; P Oleg Baranov"),
    ("The Democratic Republic of Congo accused Rwanda of arming rebels.", "L Democratic Republic of Congo; L Rwanda"),
    ("The United Nations Security Council met in New York on Friday.", "O United Nations Security Council; L New York"),
    ("Secretary of State Martin Hale spoke with Crown Prince Faisal.", "P Martin Hale; P Faisal"),
    ("Minister of National Defence Bo Lindgren led the delegation to Helsinki.", "P Bo Lindgren; L Helsinki"),
    (
        "Ambassador Leila Nassar said Tunisia would not sign the Paris Agreement.",
        "P Leila Nassar; L Tunisia; X Paris Agreement",
    ),
    (
        "Talks between Israel and Lebanon resumed in Cyprus, Reuters reported.",
        "L Israel; L Lebanon; L Cyprus; O Reuters",
    ),
    (
        "The Association of Southeast Asian Nations (ASEAN) condemned the coup in Myanmar.",
        "O Association of Southeast Asian Nations; L Myanmar",
    ),
    (
        "Envoy Ursula von Hagen visited the Gaza Strip and the West Bank.",
        "P Ursula von Hagen; L Gaza Strip; L West Bank",
    ),
    ("King Olav and Queen Sofia received the Pope.", "P Olav; P Sofia"),
    ("Gen. Marcus Ode said NATO would stay in Kosovo.", "P Marcus Ode; O NATO; L Kosovo"),
    // Science and health.
    ("NASA said the Kepler Space Telescope had found a planet.", "O NASA; X Kepler Space Telescope"),
    (
        "Professor Jane Abernathy of the University of Nairobi led the study.",
        "P Jane Abernathy; O University of Nairobi",
    ),
    (
        "The World Health Organization sent experts to Guinea, said spokesman Karl Jensen.",
        "O World Health Organization; L Guinea; P Karl Jensen",
    ),
    (
        "Researchers at Stanford University and the Max Planck Institute published the paper in Nature Physics.",
        "O Stanford University; O Max Planck Institute; X Nature Physics",
    ),
    ("Geologist Omar Farouk drilled in the Sahara.", "P Omar Farouk; L Sahara"),
    (
        "The Food and Drug Administration approved the vaccine made by Corvane Therapeutics.",
        "O Food and Drug Administration; O Corvane Therapeutics",
    ),
    (
        "Astronaut Mae Kobayashi returned to Earth from the International Space Station.",
        "P Mae Kobayashi; L Earth; V International Space Station",
    ),
    ("Lake Victoria is shrinking, warned hydrologist Peter Otieno.", "L Lake Victoria; P Peter Otieno"),
    // Sentence fronts, calendars and other traps.
    ("On Monday the talks began in April weather.", ""),
    ("Firefighters battled the blaze for hours. Residents fled.", ""),
    ("Shares rose. Analysts were surprised. Inflation fell in March.", ""),
    ("Yesterday Petrov resigned. Yuri Petrov had led the party since May.", "P Yuri Petrov"),
    ("But Lindqvist declined. Sven Lindqvist is the mayor.", "P Sven Lindqvist"),
    ("Will Carter won. Carter thanked nobody.", "P Will Carter"),
    ("The Paris-based firm hired British-born chef Tom Ferris.", "P Tom Ferris"),
    ("He said: \"Nobody knows.\" The Internet was down on Christmas Day.", ""),
    ("BREAKING: Explosion heard in Odesa.", "L Odesa"),
    ("Two of its CEOs left; the GDP of Peru fell.", "L Peru"),
    ("J. P. Marlowe and Mary-Ann O'Neill wrote it.", "P J. P. Marlowe; P Mary-Ann O'Neill"),
    ("Osman bin Hakim met Charles de Villiers in The Hague.", "P Osman bin Hakim; P Charles de Villiers; L Hague"),
    ("Paris Hilton-Jones and Jordan Keller live in Austin.", "P Paris Hilton-Jones; P Jordan Keller; L Austin"),
    ("They met in Georgia. Washington denied it.", "L Georgia; L Washington"),
    (
        "The Chinese Communist Party and the African National Congress signed a pact.",
        "O Chinese Communist Party; O African National Congress",
    ),
    ("Actors Ben Cole and Lucy Hart arrived from Los Angeles.", "P Ben Cole; P Lucy Hart; L Los Angeles"),
    ("Springfield, Illinois, and Paris, Texas, were hit.", "L Springfield; L Illinois; L Paris; L Texas"),
    ("Police Chief Dana Ortiz and Deputy Mayor Lee Brandt spoke.", "P Dana Ortiz; P Lee Brandt"),
    ("President Bush spoke. Mrs. Brown and Ms. Wood listened.", "P Bush; P Brown; P Wood"),
    ("Muslims and Christians prayed together in Cairo.", "D Muslims; D Christians; L Cairo"),
    ("The People's Bank of China cut rates.", "O People's Bank of China"),
    ("Director Park Chan-ho and his wife, Jung Hye-rin, attended.", "P Park Chan-ho; P Jung Hye-rin"),
    ("The Times and the Washington Post reported it first.", "O Washington Post"),
];

/// Text, then the entity of each pronoun and description in order, `; ` between.
pub(super) const STAND_INS: &[(&str, &str)] = &[
    (
        "Officer Linda Holm confirmed the outcome. Nils Holm, a buyer, came second. Grant Lind is safe.\n\nHolm told supporters that he accepted it.",
        "he = Nils Holm",
    ),
    (
        "Nils Holm, a buyer, came second. Officer Linda Holm confirmed the outcome. Grant Lind is safe.\n\nHolm told supporters that he accepted it.",
        "he = Nils Holm",
    ),
    ("Mayor Ida Holm resigned. She had led the city since 2015.", "She = Ida Holm"),
    ("Minister Pedro Salas met Ana Ruiz. He thanked her.", "He = Pedro Salas; her = Ana Ruiz"),
    ("Karl Weber met Jan Roos. Jan Roos said he was tired.", "he = Jan Roos"),
    ("Foreign Minister Ana Ruiz arrived in Oslo. The minister left on Monday.", "minister = Ana Ruiz"),
    ("Brightwater Foods bought Harrow Steel. It was a surprise.", ""),
    ("Solvix Inc. closed a plant. The company said it would reopen.", "company = Solvix Inc; it = Solvix Inc"),
    (
        "President Rosa Quispe of Peru met President Juan Paz of Bolivia. Both leaders spoke.",
        "leaders = Rosa Quispe; leaders = Juan Paz",
    ),
    ("Japan raised its rates.", "its = Japan"),
    ("Before his flight, Tomas Berg met reporters.", "his = Tomas Berg"),
    ("Anna Lind and Eva Stone met. She was late.", ""),
    ("\"He is wrong,\" said Tom Ferris.", ""),
    (
        "Egyptian President Omar Said hosted Kenya's president, Paul Otieno. The Kenyan leader praised him.",
        "leader = Paul Otieno; him = Omar Said",
    ),
    ("Anna Lind and Eva Stone opened a school. They paid for it.", "They = Anna Lind; They = Eva Stone"),
    ("The Health Ministry closed clinics. The ministry gave no reason.", "ministry = Health Ministry"),
    ("It is clear that rain fell.", ""),
    ("Kofi Mensah's trip lasted a week. His wife stayed at home.", "His = Kofi Mensah"),
];
