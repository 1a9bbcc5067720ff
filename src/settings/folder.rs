//! Paths in a file of settings count from the folder that the file is in.

use std::path::{Path, PathBuf};

use super::Settings;

impl Settings {
    /// Lets relative paths count from `folder`.
    pub(super) fn count_from(&mut self, folder: &Path) {
        let single = [&mut self.manifest, &mut self.output, &mut self.rules, &mut self.judgements, &mut self.replies];
        let several = self.inputs.iter_mut().flatten();
        for path in single.into_iter().flatten().chain(several) {
            *path = joined(folder, path);
        }
    }
}

fn joined(folder: &Path, path: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() { path.to_owned() } else { folder.join(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_count_from_the_files_folder() {
        let mut settings =
            Settings { rules: Some("mine".into()), inputs: Some(vec!["/c".into()]), ..Settings::default() };
        settings.count_from(Path::new("a/b"));
        assert_eq!(settings.rules, Some(PathBuf::from("a/b/mine")));
        assert_eq!(settings.inputs, Some(vec![PathBuf::from("/c")]));
    }
}
