//! Letters of Latin, Greek and Cyrillic without case and accents.

/// The letter without case and accents; none where these tables do not have it.
#[inline]
pub(super) fn plain(letter: char) -> Option<char> {
    let number = u32::from(letter) as usize;
    let found = match number {
        0xc0..=0x24f => LATIN[number - 0xc0],
        0x370..=0x52f => GREEK_AND_CYRILLIC[number - 0x370],
        0x1e00..=0x1fff => ADDITIONAL[number - 0x1e00],
        _ => return None,
    };
    char::from_u32(found.into())
}

/// All letters that these tables have, and signs that are such letters.
pub(super) fn all() -> impl Iterator<Item = char> {
    let tables = ['\u{c0}'..='\u{24f}', '\u{370}'..='\u{52f}', '\u{1e00}'..='\u{1fff}'];
    tables.into_iter().flatten().chain(['\u{2126}', '\u{212a}', '\u{212b}'])
}

/// The numbers of the letters of a text; all have at most three bytes.
const fn letters<const COUNT: usize>(text: &str) -> [u16; COUNT] {
    const fn low(byte: u8) -> u16 {
        (byte & 0x3f) as u16
    }
    let bytes = text.as_bytes();
    let mut letters = [0; COUNT];
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let first = bytes[at] as u16;
        if first < 0x80 {
            letters[count] = first;
            at += 1;
        } else if first < 0xe0 {
            letters[count] = (first & 0x1f) << 6 | low(bytes[at + 1]);
            at += 2;
        } else {
            letters[count] = (first & 0xf) << 12 | low(bytes[at + 1]) << 6 | low(bytes[at + 2]);
            at += 3;
        }
        count += 1;
    }
    assert!(count == COUNT, "one for each number");
    letters
}

/// The Latin-1 supplement, Latin extended A and B.
static LATIN: [u16; 400] = letters(
    "\
     aaaaaaæceeeeiiiidnooooo×ouuuuyþßaaaaaaæceeeeiiii\
     dnooooo÷ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggg\
     gggghhhhiiiiiiiiiiĳĳjjkkĸllllllŀŀllnnnnnnŉŋŋoooo\
     ooœœrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzſ\
     ƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈu\
     uʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿǀǁǂǃǆǆǆǉǉǉǌǌǌaaiioouuuuuuuuuuǝaa\
     aaææǥǥggkkooooʒʒjǳǳǳggƕƿnnaaææooaaaaeeeeiiiioooo\
     rrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿ\
     ɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ",
);

/// Greek, Coptic and Cyrillic; a dot where marks are.
static GREEK_AND_CYRILLIC: [u16; 448] = letters(
    "\
     ͱͱͳͳʹ͵ͷͷ͸͹ͺͻͼͽ;ϳ΀΁΂΃΄¨α·εηι΋ο΍υωιαβγδεζηθικλμνξο\
     πρ΢στυφχψωιυαεηιυαβγδεζηθικλμνξοπρσστυφχψωιυουωϗ\
     ϐϑϒϒϒϕϖϗϙϙϛϛϝϝϟϟϡϡϣϣϥϥϧϧϩϩϫϫϭϭϯϯϰϱϲϳθϵ϶ϸϸϲϻϻϼͻͼͽ\
     ееђгєѕііјљњћкиуџабвгдежзииклмнопрстуфхцчшщъыьэюя\
     абвгдежзииклмнопрстуфхцчшщъыьэюяееђгєѕііјљњћкиуџ\
     ѡѡѣѣѥѥѧѧѩѩѫѫѭѭѯѯѱѱѳѳѵѵѵѵѹѹѻѻѽѽѿѿҁҁ҂.......ҋҋҍҍҏҏ\
     ґґғғҕҕҗҗҙҙққҝҝҟҟҡҡңңҥҥҧҧҩҩҫҫҭҭүүұұҳҳҵҵҷҷҹҹһһҽҽҿҿ\
     ӏжжӄӄӆӆӈӈӊӊӌӌӎӎӏааааӕӕееәәәәжжззӡӡииииооөөөөээуу\
     ууууччӷӷыыӻӻӽӽӿӿԁԁԃԃԅԅԇԇԉԉԋԋԍԍԏԏԑԑԓԓԕԕԗԗԙԙԛԛԝԝԟԟ\
     ԡԡԣԣԥԥԧԧԩԩԫԫԭԭԯԯ",
);

/// Latin extended additional, as in Vietnamese, and Greek extended.
static ADDITIONAL: [u16; 512] = letters(
    "\
     aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiii\
     kkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr\
     ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyy\
     zzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
     eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu\
     uuyyyyyyyyỻỻỽỽỿỿααααααααααααααααεεεεεε἖἗εεεεεε἞἟\
     ηηηηηηηηηηηηηηηηιιιιιιιιιιιιιιιιοοοοοο὆὇οοοοοο὎὏\
     υυυυυυυυ὘υ὚υ὜υ὞υωωωωωωωωωωωωωωωωααεεηηιιοουυωω὾὿\
     ααααααααααααααααηηηηηηηηηηηηηηηηωωωωωωωωωωωωωωωω\
     ααααα᾵ααααααα᾽ι᾿῀¨ηηη῅ηηεεηηη᾿᾿᾿ιιιι῔῕ιιιιιι῜῾῾῾\
     υυυυρρυυυυυυρ¨¨`῰῱ωωω῵ωωοοωωω´῾῿",
);
